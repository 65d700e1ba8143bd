from django.apps import AppConfig


class AutorisatiesConfig(AppConfig):
    name = "api.autorisaties"
    label = "autorisaties"
