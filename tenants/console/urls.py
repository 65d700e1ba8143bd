"""The pages of this console."""

from django.urls import include, path

from tenants.console.overdracht import (
    begin_handover,
    decide_handover,
    overdracht,
    overdracht_home,
    task_of_handover,
)
from tenants.console.overzicht import overzicht
from tenants.console.vendors_lines import vendors_lines
from tenants.console.visits import vendors_visits

urlpatterns = [
    path("", overzicht, name="home"),
    path("logboek/leverancier/", vendors_lines, name="vendors_lines"),
    path("overdracht/", overdracht_home, name="overdracht_home"),
    path("overdracht/nieuw/", begin_handover, name="begin_handover"),
    path("overdracht/<int:pk>/", overdracht, name="overdracht"),
    path("overdracht/<int:pk>/taken/<int:task>/", task_of_handover, name="task_of_handover"),
    path("overdracht/<int:pk>/<slug:act>/", decide_handover, name="decide_handover"),
    path("contract/", include("contracts.urls_municipality")),
    path("storingen/", include("incidents.urls.municipality")),
    path("rapporten/", include("service_reports.urls.municipality")),
    path("toegang/", include("access.urls.municipality")),
    path("meldingen/", include("helpdesk.urls.municipality")),
    path("logboek/toegang/", vendors_visits, name="vendors_visits"),
    path("", include("tenants.accounts.urls")),
]
