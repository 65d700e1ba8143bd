"""Serviceniveaurapporten on the vendor's console."""

from django.urls import path

from service_reports.views import maintenance, vendor

urlpatterns = [
    path("", vendor.rapporten, name="rapporten"),
    path("onderhoud/", maintenance.onderhoud, name="onderhoud"),
    path("onderhoud/nieuw/", maintenance.announce_maintenance, name="announce_maintenance"),
    path("onderhoud/<int:pk>/", maintenance.maintenance, name="maintenance"),
    path("onderhoud/<int:pk>/afgelasten/", maintenance.call_off_maintenance, name="call_off_maintenance"),
    path("<int:pk>/", vendor.service_report, name="service_report"),
    path("<int:pk>/herberekenen/", vendor.refresh_report, name="refresh_report"),
    path("<int:pk>/delen/", vendor.share_report, name="share_report"),
    path("<int:pk>/akkoord/", vendor.agree_report, name="agree_report"),
    path("<int:pk>/corrigeren/", vendor.correct_report, name="correct_report"),
    path("<int:pk>/csv/", vendor.report_csv, name="report_csv"),
    path("<int:pk>/pdf/", vendor.report_pdf, name="report_pdf"),
]
