"""Serviceniveaurapporten on a municipality's console."""

from django.urls import path

from service_reports.views import municipality

urlpatterns = [
    path("", municipality.rapporten, name="rapporten"),
    path("<int:pk>/", municipality.service_report, name="service_report"),
    path("<int:pk>/akkoord/", municipality.agree_report, name="agree_report"),
    path("<int:pk>/betwisten/", municipality.dispute_report, name="dispute_report"),
    path("<int:pk>/csv/", municipality.report_csv, name="report_csv"),
    path("<int:pk>/pdf/", municipality.report_pdf, name="report_pdf"),
]
