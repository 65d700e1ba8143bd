"""Let a municipality answer as Open Zaak does, or by the letter of the standard; again is harmless."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from tenants.accounts.log import note
from tenants.registry.models import Municipality
from tenants.registry.states import COMMAND_LINE


class Command(BaseCommand):
    help = "Let a municipality accept and answer what clients of Open Zaak are used to, or no longer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", required=True, metavar="SCHEMA")
        parser.add_argument("--not", action="store_true", dest="by_the_letter", help="as the standard says")

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        municipality = Municipality.objects.filter(schema_name=options["municipality"]).first()
        if municipality is None:
            raise CommandError(f"There is no municipality with schema {options['municipality']}.")
        follow(municipality, open_zaak=not options["by_the_letter"])
        manner = "as Open Zaak" if municipality.open_zaak_compatibility else "as the standard says"
        self.stdout.write(f"{municipality.naam} now answers {manner}.")


@transaction.atomic
def follow(municipality: Municipality, *, open_zaak: bool) -> None:
    """From the next request on; both logs tell of a change."""
    if municipality.open_zaak_compatibility == open_zaak:
        return
    municipality.open_zaak_compatibility = open_zaak
    municipality.save(update_fields=["open_zaak_compatibility"])
    note(
        person=None,
        by=COMMAND_LINE,
        area="gemeenten",
        action="Open Zaak gevolgd" if open_zaak else "standaard gevolgd",
        subject=f"{municipality.naam} ({municipality.environment})",
        municipality=municipality,
    )
