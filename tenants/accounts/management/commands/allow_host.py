"""Let the guarded client of a municipality reach one private address; again is harmless."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.accounts.reach import allow_host
from tenants.registry.models import Municipality
from tenants.registry.states import COMMAND_LINE


class Command(BaseCommand):
    help = "Allow a municipality to reach a private address that is otherwise refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", required=True, metavar="SCHEMA")
        parser.add_argument("address", metavar="HOST:PORT")

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        host, port = host_and_port(options["address"])
        municipality = Municipality.objects.filter(schema_name=options["municipality"]).first()
        if municipality is None:
            raise CommandError(f"There is no municipality with schema {options['municipality']}.")
        allowed, is_new = allow_host(municipality, host, port, by=COMMAND_LINE)
        done = "may now reach" if is_new else "could already reach"
        self.stdout.write(f"{municipality.naam} {done} {allowed}.")


def host_and_port(address: str) -> tuple[str, int]:
    """``[::1]:8080`` gives ``::1``: as the host stands in a parsed URL."""
    host, separator, port = address.rpartition(":")
    host = host.removeprefix("[").removesuffix("]").lower()
    if not (separator and host and port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
        raise CommandError(f"{address!r} is not HOST:PORT.")
    return host, int(port)
