"""The pages of this console."""

from django.urls import include, path

from tenants.console.overzicht import overzicht

urlpatterns = [
    path("", overzicht, name="home"),
    path("", include("tenants.accounts.urls")),
]
