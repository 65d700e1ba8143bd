"""Bytes of a message as what the helpdesk needs of it; nothing else happens here.

The library of Python does the reading. What it does not bound is bounded here: size, lines, parts, headers
and depth, so that no message takes more of the machine than its size. HTML becomes text, and is kept nowhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy, Policy
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from helpdesk.mail.automatic import is_automatic, is_own
from helpdesk.mail.bodies import BROKEN, Attached, found_in, one_line, type_of
from helpdesk.mail.quoting import parted

LARGEST = 35 * 1024 * 1024
LONGEST_TEXT = 200_000
LONGEST_SUBJECT = 200
LONGEST_ID = 255
LONGEST_ADDRESS = 254
MOST_REFERENCES = 50
MOST_LINES = 2_000_000
MOST_PARTS = 2_000
MOST_HEADERS = 10_000
MOST_BOUNDARIES = 50
LONGEST_HEADER = 4_000
LARGEST_HEAD = 256 * 1024

_IDS = re.compile(r"<[^<>\s]{1,990}>")
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


class Unreadable(ValueError):
    """No message, or one that nobody can be made to read; the text says why."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message. Whoever wrote it can have put anything in it, the address that it says it is of too.

    ``text`` is all that it says and ``new_text`` what it adds to the message it answers; ``left_out`` are the
    names of files that were too many or too large. ``sender`` is empty where it says more than one, or none.
    """

    sender: str
    sender_name: str
    to: tuple[str, ...]
    subject: str
    message_id: str
    references: tuple[str, ...]
    date: datetime | None
    text: str
    new_text: str
    attachments: tuple[Attached, ...]
    left_out: tuple[str, ...]
    is_automatic: bool
    is_own: bool


def parse(content: bytes, *, return_path: str | None = None) -> Incoming:
    """``return_path`` is the sender of the envelope, where it is known. Raises Unreadable."""
    message = _message(content)
    sender, sender_name = _sender(message)
    found = found_in(message)
    text = "\n\n".join(each.strip("\n") for each in found.texts if each.strip())[:LONGEST_TEXT].strip()
    path = return_path if return_path is not None else _first(message, "Return-Path")
    return Incoming(
        sender=sender,
        sender_name=sender_name,
        to=tuple(address.addr_spec for name in ("To", "Cc") for address in _addresses(message, name)),
        subject=one_line(_header(message, "Subject"), LONGEST_SUBJECT),
        message_id=_message_id(message, text, found.attached),
        references=_references(message),
        date=_date(message),
        text=text,
        new_text=parted(text).new,
        attachments=tuple(found.attached),
        left_out=tuple(found.left_out),
        is_automatic=is_automatic(
            lambda name: _header(message, name),
            sender=sender,
            content_type=type_of(message),
            return_path=path,
        ),
        is_own=is_own(lambda name: _header(message, name)),
    )


class _Bounded(EmailPolicy):
    """Counts while a message is read, and ends the reading when there is more than anybody sends."""

    counted: list[int] | None = None

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        self.count(0, MOST_HEADERS)
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEADER]

    def count(self, place: int, most: int) -> None:
        if self.counted is None:
            return
        self.counted[place] += 1
        if self.counted[place] > most:
            raise Unreadable("It has too many parts or headers.")


class _Message(EmailMessage):
    """A message or a part of one, each of which is counted."""

    def __init__(self, policy: Policy | None = None) -> None:
        super().__init__(policy)
        if isinstance(policy, _Bounded):
            policy.count(1, MOST_PARTS)


def _message(content: bytes) -> _Message:
    _check(content)
    policy = _Bounded(counted=[0, 0])  # type: ignore[call-overload]  # any attribute of the class may be given
    try:
        message = BytesParser(_Message, policy=policy).parsebytes(content)
    except Unreadable:
        raise
    except BROKEN as error:
        raise Unreadable("It is no message that can be read.") from error
    if not message.keys():
        raise Unreadable("It has no headers.")
    return message


def _check(content: bytes) -> None:
    """What would cost too much to read."""
    if len(content) > LARGEST:
        raise Unreadable("It is larger than 35 MB.")
    end = _END_OF_HEAD.search(content)
    if (len(content) if end is None else end.start()) > LARGEST_HEAD:
        raise Unreadable("Its headers are too large.")
    if content.count(b"\n") > MOST_LINES:
        raise Unreadable("It has too many lines.")
    if next(islice(_BOUNDARY.finditer(content), MOST_BOUNDARIES, None), None) is not None:
        raise Unreadable("It has parts in parts without end.")


# Headers -------------------------------------------------------------------------------------------


def _all(message: EmailMessage, name: str) -> list[str]:
    """The values of every header of this name as they came, what is no ASCII as the letters it stands for."""
    return [_letters(str(value)) for key, value in message.raw_items() if key.lower() == name.lower()]


def _first(message: EmailMessage, name: str) -> str | None:
    return next(iter(_all(message, name)), None)


def _letters(raw: str) -> str:
    sent = raw.encode("ascii", "surrogateescape") if not raw.isascii() and _is_escaped(raw) else None
    if sent is None:
        return raw
    try:
        return sent.decode("utf-8")
    except UnicodeDecodeError:
        return sent.decode("cp1252", "replace")


def _is_escaped(raw: str) -> bool:
    return all(ord(each) < 128 or 0xDC80 <= ord(each) <= 0xDCFF for each in raw)  # noqa: PLR2004  # as surrogateescape has it


def _parsed(message: EmailMessage, name: str, raw: str) -> Any:  # noqa: ANN401  # what it has depends on its name
    """The header as the library understands it; None where it does not."""
    try:
        return message.policy.header_factory(name, " ".join(raw.split()))  # type: ignore[attr-defined]  # of EmailPolicy
    except BROKEN:
        return None


def _header(message: EmailMessage, name: str) -> str:
    """As a line of words, whatever header it is."""
    raw = _first(message, name)
    if raw is None:
        return ""
    parsed = _parsed(message, "Subject", raw)
    return raw if parsed is None else str(parsed)


def _addresses(message: EmailMessage, name: str) -> Sequence[Address]:
    found: list[Address] = []
    for raw in _all(message, name):
        parsed = _parsed(message, name, raw)
        found += () if parsed is None else parsed.addresses
    return found


def _sender(message: EmailMessage) -> tuple[str, str]:
    """Address and name; a message that says it is of several is of nobody."""
    try:
        found = _addresses(message, "From")
        (address,) = found if len(found) == 1 else (None,)
        if address is None:
            return "", ""
        spec = address.addr_spec.strip().lower()
        validate_email(spec)
        if len(spec) > LONGEST_ADDRESS:
            return "", ""
    except (*BROKEN, ValidationError):
        return "", ""
    return spec, one_line(address.display_name, LONGEST_SUBJECT)


def _message_id(message: EmailMessage, text: str, attached: Sequence[Attached]) -> str:
    """What names it wherever it comes again; without a name it is what it says and brings."""
    named = _IDS.search(_first(message, "Message-ID") or "")
    if named is not None and len(named.group()) <= LONGEST_ID:
        return one_line(named.group(), LONGEST_ID)
    said = [*(_first(message, name) or "" for name in ("Message-ID", "From", "Date", "Subject")), text]
    said += [hashlib.sha256(each.content).hexdigest() for each in attached]
    digest = hashlib.sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()
    return f"sha256:{digest}"


def _references(message: EmailMessage) -> tuple[str, ...]:
    named = [
        each for name in ("References", "In-Reply-To") for each in _IDS.findall(_first(message, name) or "")
    ]
    return tuple(dict.fromkeys(each for each in named if len(each) <= LONGEST_ID))[-MOST_REFERENCES:]


def _date(message: EmailMessage) -> datetime | None:
    """What the message says; nothing is counted from it."""
    parsed = _parsed(message, "Date", _first(message, "Date") or "")
    moment = getattr(parsed, "datetime", None)
    if not isinstance(moment, datetime):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
