"""Bring a municipality into another state, with a reason; again is harmless."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backoffice.states import decide
from tenants.registry.models import Municipality
from tenants.registry.states import COMMAND_LINE, StateRefused

Status = Municipality.Status


class Command(BaseCommand):
    help = "Changes the state of a municipality, as its page in the console does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", required=True, metavar="SCHEMA")
        parser.add_argument("--reason", required=True, help="in Dutch; it stands in the log and on its pages")
        parser.add_argument("--naam", default="", help="its name, which ending it asks for")
        chosen = [state for state in Status.values if state != Status.IN_INRICHTING]
        parser.add_argument("state", choices=chosen)

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        found = Municipality.objects.filter(schema_name=options["municipality"]).first()
        if found is None:
            raise CommandError(f"There is no municipality with schema {options['municipality']}.")
        before, to = found.status, options["state"]
        if before == to:
            self.stdout.write(f"{found.naam} was {to} already.")
            return
        if to == Status.BEEINDIGD and options["naam"] != found.naam:
            raise CommandError(f"Nobody takes this back. Repeat its name: --naam {found.naam!r}.")
        try:
            decide(found, to, before=before, reason=options["reason"], person=None, by=COMMAND_LINE)
        except StateRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{found.naam} was {before}, and is {to}.")
