"""Ask the people of a municipality for a second factor, or no longer; again is harmless."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.accounts.reach import require_second_factor
from tenants.registry.models import Municipality
from tenants.registry.states import COMMAND_LINE


class Command(BaseCommand):
    help = "Require a second factor of whoever signs in to a municipality's console, or leave it to them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", required=True, metavar="SCHEMA")
        parser.add_argument("--not", action="store_true", dest="optional", help="leave it to each person")

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        found = Municipality.objects.filter(schema_name=options["municipality"]).first()
        if found is None:
            raise CommandError(f"There is no municipality with schema {options['municipality']}.")
        require_second_factor(found, required=not options["optional"], by=COMMAND_LINE)
        done = "is optional" if options["optional"] else "is required"
        self.stdout.write(f"A second factor {done} in {options['municipality']}.")
