"""The pages of this console."""

from django.urls import include, path

from tenants.console.overzicht import overzicht
from tenants.console.vendors_lines import vendors_lines

urlpatterns = [
    path("", overzicht, name="home"),
    path("logboek/leverancier/", vendors_lines, name="vendors_lines"),
    path("toegang/", include("access.urls.municipality")),
    path("", include("tenants.accounts.urls")),
]
