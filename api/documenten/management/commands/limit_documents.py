"""Lower how large a body with content of a document may be, or lift that again; again is harmless."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from api.documenten.content.limits import LARGEST, MEBIBYTE
from tenants.accounts.log import note
from tenants.registry.models import Municipality
from tenants.registry.states import COMMAND_LINE

MOST = LARGEST // MEBIBYTE


class Command(BaseCommand):
    help = "Set the largest body with content of a document; larger files come in parts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", required=True, metavar="SCHEMA")
        how = parser.add_mutually_exclusive_group(required=True)
        how.add_argument("--mebibytes", type=int, help=f"from 1 to {MOST}")
        how.add_argument(
            "--not", action="store_true", dest="as_the_standard", help="as large as the standard says"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        municipality = Municipality.objects.filter(schema_name=options["municipality"]).first()
        if municipality is None:
            raise CommandError(f"There is no municipality with schema {options['municipality']}.")
        mebibytes: int | None = options["mebibytes"]
        if mebibytes is not None and not 1 <= mebibytes <= MOST:
            raise CommandError(f"From 1 to {MOST} MiB.")
        limit(municipality, mebibytes=mebibytes)
        self.stdout.write(f"{municipality.naam} now takes bodies of {mebibytes or MOST} MiB at most.")


@transaction.atomic
def limit(municipality: Municipality, *, mebibytes: int | None) -> None:
    """From the next request on; both logs tell of a change."""
    if municipality.documents_most_mib == mebibytes:
        return
    municipality.documents_most_mib = mebibytes
    municipality.save(update_fields=["documents_most_mib"])
    note(
        person=None,
        by=COMMAND_LINE,
        area="gemeenten",
        action="grootste document gewijzigd",
        subject=f"{municipality.naam} ({municipality.environment})",
        municipality=municipality,
    )
