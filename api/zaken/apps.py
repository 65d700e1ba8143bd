from django.apps import AppConfig


class ZakenConfig(AppConfig):
    name = "api.zaken"
    label = "zaken"
