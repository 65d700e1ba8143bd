from django.apps import AppConfig


class DocumentenConfig(AppConfig):
    name = "api.documenten"
    label = "documenten"
