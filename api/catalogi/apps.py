from django.apps import AppConfig


class CatalogiConfig(AppConfig):
    name = "api.catalogi"
    label = "catalogi"
