from django.apps import AppConfig


class SelectielijstConfig(AppConfig):
    name = "api.selectielijst"
    label = "selectielijst"
