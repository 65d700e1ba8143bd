from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "api.clients"
    label = "clients"
