"""What is reported of one contract, among the pages of that contract."""

from django.urls import path

from service_reports.views.contract import contract_reports

urlpatterns = [path("<int:pk>/rapporten/", contract_reports, name="contract_reports")]
