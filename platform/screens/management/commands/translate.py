from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from screens.translations import translated_apps, untranslated, update


class Command(BaseCommand):
    help = "Brings the English of each app up to the texts of its sources, and names what is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        for app in translated_apps():
            update(app)
            for text in untranslated(app):
                self.stdout.write(f"{app.name}: {text}")
