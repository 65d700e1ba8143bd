from django.apps import AppConfig


class PipelineConfig(AppConfig):
    name = "api.pipeline"
    label = "pipeline"
