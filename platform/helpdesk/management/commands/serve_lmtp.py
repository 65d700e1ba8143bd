"""Take in mail by LMTP from the mail server of this machine, until it is ended."""

from __future__ import annotations

import asyncio
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from helpdesk.mail.serving import NotOfThisMachine, Server, place_of


class Command(BaseCommand):
    help = "Take in mail by LMTP on a port of this machine or a socket."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--listen",
            metavar="HOST:PORT or PATH",
            default=settings.HELPDESK_LMTP_LISTEN,
            help="else what ZAAKPLEIN_HELPDESK_LMTP_LISTEN says",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        if not options["listen"]:
            raise CommandError("Say where to listen: --listen, or ZAAKPLEIN_HELPDESK_LMTP_LISTEN.")
        try:
            place = place_of(options["listen"])
        except NotOfThisMachine as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"LMTP on {options['listen']}")
        asyncio.run(Server(place).serve())
