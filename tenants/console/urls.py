"""The pages of this console."""

from django.urls import include, path

from tenants.console.overzicht import overzicht
from tenants.console.vendors_lines import vendors_lines
from tenants.console.visits import vendors_visits

urlpatterns = [
    path("", overzicht, name="home"),
    path("logboek/leverancier/", vendors_lines, name="vendors_lines"),
    path("toegang/", include("access.urls.municipality")),
    path("logboek/toegang/", vendors_visits, name="vendors_visits"),
    path("", include("tenants.accounts.urls")),
]
