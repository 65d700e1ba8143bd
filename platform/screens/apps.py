from django.apps import AppConfig


class ScreensConfig(AppConfig):
    """The kit of both consoles: no models, and nothing of ours below it."""

    name = "screens"
