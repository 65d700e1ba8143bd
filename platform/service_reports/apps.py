from django.apps import AppConfig


class ServiceReportsConfig(AppConfig):
    name = "service_reports"
    label = "service_reports"
