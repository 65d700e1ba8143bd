from importlib import import_module

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "tenants.registry"
    label = "registry"

    def ready(self) -> None:
        import_module("tenants.registry.checks")  # it registers them
