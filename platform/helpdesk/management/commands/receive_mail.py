"""Take in one mail from standard input, as a mail server pipes it; again is harmless."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from helpdesk.mail.answering import Envelope, answers_to
from helpdesk.mail.parsing import LARGEST


class Command(BaseCommand):
    help = (
        "Take in one mail from standard input. Ends with 0 when it was taken, 65 when it cannot be read, 67"
        " when the recipient is unknown, and 75 when it should be tried again later."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("recipient")
        parser.add_argument("--sender", metavar="ADDRESS", help="of the envelope; empty for a bounce")

    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        content = sys.stdin.buffer.read(LARGEST + 1)
        (answer,) = answers_to(Envelope((options["recipient"],), options["sender"], content))
        if answer.status:
            sys.stderr.write(f"{answer.line}\n")
        sys.exit(answer.status)
