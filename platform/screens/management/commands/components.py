from __future__ import annotations

import shutil
from argparse import ArgumentParser
from itertools import product
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.http import HttpRequest

from screens.components import LANGUAGES, components

THEMES = ("leverancier", "gemeente")
ASSETS = ("screens", "django_htmx")


class Command(BaseCommand):
    help = "Writes a page with every component of the consoles for each theme and language. Only with DEBUG."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where the pages and their style sheets go")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:  # Django's own signature
        if not settings.DEBUG:
            raise CommandError("Only with ZAAKPLEIN_DEBUG=1.")
        for assets in ASSETS:
            shutil.copytree(Path(str(finders.find(assets))), folder / "static" / assets, dirs_exist_ok=True)
        for theme, language in product(THEMES, LANGUAGES):
            page = folder / f"{theme}-{language}.html"
            page.write_text(rendered(theme, language))
            self.stdout.write(str(page))


def rendered(theme: str, language: str) -> str:
    """With relative links, so that the file opens from a disk."""
    request = HttpRequest()
    request.method = "GET"
    text = components(request, theme, language).content.decode()
    return text.replace(f'"{settings.STATIC_URL}', '"static/')
