"""Let a municipality use the selectielijst of another server."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from api.pipeline.validate.references import is_url
from tenants.accounts.log import note
from tenants.registry.models import Municipality
from tenants.registry.states import COMMAND_LINE

MAX_LENGTH = 500


class Command(BaseCommand):
    help = "Set the base from which a municipality's selectielijst is fetched, or go back to the own one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", required=True, metavar="SCHEMA")
        base = parser.add_mutually_exclusive_group(required=True)
        base.add_argument("url", nargs="?", metavar="URL", help="https://lijsten.example.nl/api/v1")
        base.add_argument("--unset", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        municipality = Municipality.objects.filter(schema_name=options["municipality"]).first()
        if municipality is None:
            raise CommandError(f"There is no municipality with schema {options['municipality']}.")
        municipality.selectielijst_url = "" if options["unset"] else base_of(options["url"])
        with transaction.atomic():
            municipality.save(update_fields=["selectielijst_url"])
            note(
                person=None,
                by=COMMAND_LINE,
                area="gemeenten",
                action="selectielijst gewijzigd",
                subject=f"{municipality.naam} ({municipality.environment})",
                municipality=municipality,
            )
        source = municipality.selectielijst_url or "this deployment"
        self.stdout.write(f"{municipality.naam} now has its selectielijst from {source}.")


def base_of(url: str) -> str:
    """Without a slash at the end; raises ``CommandError`` for what cannot be a base."""
    base = url.rstrip("/")
    parts = urlsplit(base) if is_url(base) else None
    if parts is None or parts.query or parts.fragment:
        raise CommandError(f"{url!r} is not an http or https URL without user, query and fragment.")
    if len(base) > MAX_LENGTH:
        raise CommandError(f"A URL has at most {MAX_LENGTH} characters.")
    return base
