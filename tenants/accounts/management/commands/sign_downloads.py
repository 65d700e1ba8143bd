"""Let a municipality's storage hand over downloads by a signed address, or the front; again is harmless."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.accounts.keeping import sign_downloads
from tenants.registry.models import Municipality
from tenants.registry.states import COMMAND_LINE


class Command(BaseCommand):
    help = (
        "Answer downloads of a municipality with an address of its storage that is good for a minute, where"
        " the storage gives one; or no longer. Clients have to follow it, and to reach the storage."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", required=True, metavar="SCHEMA")
        parser.add_argument("--not", action="store_true", dest="by_front", help="the front sends them itself")

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        found = Municipality.objects.filter(schema_name=options["municipality"]).first()
        if found is None:
            raise CommandError(f"There is no municipality with schema {options['municipality']}.")
        sign_downloads(found, signed=not options["by_front"], by=COMMAND_LINE)
        who = "the front" if options["by_front"] else "its storage, where that can"
        self.stdout.write(f"Downloads of {found.naam} are handed over by {who}.")
