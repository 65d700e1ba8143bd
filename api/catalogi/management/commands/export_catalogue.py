"""``manage.py export_catalogue --municipality haarlem --catalogus ALGEM --output catalogus.zip``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from api.catalogi.exchange.command import (
    chosen_catalogus,
    chosen_zaaktype,
    command_caller,
    municipality_named,
    there_are,
)
from api.catalogi.exchange.operations import exporter
from api.catalogi.models import Catalogus
from tenants.registry.context import in_municipality


class Command(BaseCommand):
    """Write a catalogus, or one version of a zaaktype, to a zip of JSON files."""

    help = "Exports a catalogus or a zaaktype as a zip, which import_catalogue and Open Zaak can read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, metavar="SCHEMA")
        parser.add_argument("--catalogus", metavar="DOMEIN", help="domein or UUID")
        parser.add_argument(
            "--zaaktype", metavar="IDENTIFICATIE", help="UUID, or identificatie: its latest version"
        )
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        municipality = municipality_named(options["municipality"])
        with in_municipality(municipality):
            if not (options["catalogus"] or options["zaaktype"]):
                domeinen = there_are(Catalogus.objects.values_list("domein", flat=True))
                raise CommandError(f"Name a catalogus or a zaaktype. {domeinen}")
            export = exporter(command_caller(municipality, force=False))
            catalogus = chosen_catalogus(options["catalogus"]) if options["catalogus"] else None
            if options["zaaktype"]:
                subject: Any = chosen_zaaktype(options["zaaktype"], catalogus)
                archive = export.zaaktype(subject)
            elif catalogus is not None:
                subject, archive = catalogus, export.catalogus(catalogus)
        try:
            options["output"].write_bytes(archive)
        except OSError as error:
            raise CommandError(f"Cannot write {options['output']}: {error.strerror}.") from error
        self.stdout.write(f"Wrote {subject} to {options['output']} ({len(archive)} bytes).")
