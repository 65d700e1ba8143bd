"""Load the lists that ship with the project; again is harmless and quick."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from api.selectielijst.loading import VERSIE, load


class Command(BaseCommand):
    help = "Load the selectielijst and the reference lists that ship with the project into the public schema."

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        done = "is loaded" if load() else "stood already"
        if options["verbosity"]:
            self.stdout.write(f"Selectielijst {VERSIE} {done}.")
