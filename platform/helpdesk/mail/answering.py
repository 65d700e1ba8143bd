"""What a program that brings mail is told of a recipient: by the codes of LMTP, and by those of a pipe."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial

import structlog
from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils import timezone

from helpdesk.mail.addresses import UnknownRecipient, destination_of
from helpdesk.mail.delivering import NoVendor, take_in
from helpdesk.mail.parsing import LARGEST, Incoming, Unreadable, parse

logger = structlog.get_logger(__name__)


class Answer(Enum):
    """A line of LMTP (RFC 2033, RFC 3463), and how a program in a pipe ends (sysexits.h)."""

    TAKEN = ("250 2.0.0 Taken", os.EX_OK)
    UNKNOWN = ("550 5.1.1 There is nobody here of that address", os.EX_NOUSER)
    TOO_LARGE = ("552 5.3.4 It is too large", os.EX_DATAERR)
    UNREADABLE = ("554 5.6.0 It cannot be read", os.EX_DATAERR)
    LATER = ("451 4.3.0 Not now, try again", os.EX_TEMPFAIL)

    @property
    def line(self) -> str:
        return self.value[0]

    @property
    def status(self) -> int:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Envelope:
    """``sender`` is None where nobody told it, and empty where nobody is to be answered."""

    recipients: tuple[str, ...]
    sender: str | None
    content: bytes


def answers_to(envelope: Envelope) -> list[Answer]:
    """One for each recipient, in order; what one of them becomes does not hold up the others."""
    if len(envelope.content) > LARGEST:
        return [Answer.TOO_LARGE] * len(envelope.recipients)
    try:
        incoming = parse(envelope.content, return_path=envelope.sender)
    except Unreadable:
        return [Answer.UNREADABLE] * len(envelope.recipients)
    now = timezone.now()
    return [_answer(partial(_bring, each, incoming, now)) for each in envelope.recipients]


def knows(recipient: str) -> bool:
    try:
        destination_of(recipient)
    except UnknownRecipient:
        return False
    return True


def _bring(recipient: str, incoming: Incoming, now: datetime) -> None:
    done = take_in(destination_of(recipient), incoming, now=now)
    logger.info("mail taken", mail=done.mail.pk, outcome=done.mail.outcome, again=done.again)


def _answer(bring: Callable[[], None]) -> Answer:
    """Who has the mail keeps it while we cannot take it; nothing of it goes into the log."""
    close_old_connections()
    try:
        bring()
    except UnknownRecipient:
        return Answer.UNKNOWN
    except (DatabaseError, NoVendor, OSError):
        logger.exception("mail not taken")
        return Answer.LATER
    finally:
        close_old_connections()
    return Answer.TAKEN
