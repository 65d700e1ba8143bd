"""The addresses of the helpdesk: one for everybody, and one for each report, which nobody can guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings

from helpdesk.models import Ticket

TOKEN = re.compile(r"[0-9a-f]{32}")
PLUS = "+"


class UnknownRecipient(ValueError):
    """It is no address of the helpdesk."""


@dataclass(frozen=True, slots=True)
class Destination:
    """An address of ours as it is written down; without a token it is of no report."""

    address: str
    token: str = ""


def reply_address(ticket: Ticket) -> str:
    local, _at, domain = settings.HELPDESK_REPLY_ADDRESS.partition("@")
    return f"{local}{PLUS}{ticket.reply_token}@{domain}"


def destination_of(recipient: str) -> Destination:
    """Programs that carry mail may change capitals. Raises UnknownRecipient."""
    address = recipient.strip().removeprefix("<").removesuffix(">").lower()
    plain, token = _parted(address)
    if not is_ours(plain):
        raise UnknownRecipient("There is nobody here of that address.")
    is_reply = plain == settings.HELPDESK_REPLY_ADDRESS.lower() and TOKEN.fullmatch(token)
    # what somebody else put behind the plus is no part of the address that one mail is kept once for
    return Destination(address, token) if is_reply else Destination(plain)


def is_ours(address: str) -> bool:
    """Also that of a report."""
    plain, _token = _parted(address.lower())
    return plain in {settings.HELPDESK_ADDRESS.lower(), settings.HELPDESK_REPLY_ADDRESS.lower()}


def _parted(address: str) -> tuple[str, str]:
    local, _at, domain = address.rpartition("@")
    name, _plus, token = local.partition(PLUS)
    return f"{name}@{domain}", token
