from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class PipelineConfig(AppConfig):
    name = "api.pipeline"
    label = "pipeline"

    def ready(self) -> None:
        """Register every resource before the first request, command or task asks for one."""
        for api in settings.APIS:
            import_module(f"api.{api}.urls")
