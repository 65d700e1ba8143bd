from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "api.records"
    label = "records"
