from __future__ import annotations

from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Brings the English of each app up to the texts of its sources, and names what is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            translations = import_module("screens.translations")
        except ModuleNotFoundError as missing:
            advice = "infra/format and infra/test install what developing needs"
            raise CommandError(f"{missing.name} is not installed: {advice}.") from missing
        for app in translations.translated_apps():
            translations.update(app)
            for text in translations.untranslated(app):
                self.stdout.write(f"{app.name}: {text}")
