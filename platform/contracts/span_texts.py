"""Spans of a day as people write them: 07:00-12:00, 13:00-17:30; nothing is closed, 24:00 is the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import TypedDict

from django.utils.translation import gettext as _

from contracts.working_time import MINUTES_OF_A_DAY, Span

CLOSED = "dicht"
MOST_SPANS = 6
MOST_DAYS = 200
LONGEST_LABEL = 60
SPAN = re.compile(r"(\d{1,2}:[0-5]\d)\s*[-–]\s*(\d{1,2}:[0-5]\d)")
DAY = re.compile(r"(?P<day>\S+)\s+(?P<spans>dicht|[\d:,\s–-]+?)\s+(?P<label>[^\d\s].*)")


class ExceptionDay(TypedDict):
    """A day on which the week does not hold, as it is kept; ``day`` as in ISO 8601."""

    day: str
    label: str
    spans: list[Span]


class UnreadableError(ValueError):
    """Its text says what to write."""


def spans_of(text: str) -> list[Span]:
    """In order. Raises UnreadableError."""
    if not text.strip() or text.strip().lower() == CLOSED:
        return []
    found = []
    for part in text.split(","):
        match = SPAN.fullmatch(part.strip())
        if match is None:
            raise UnreadableError(_("Schrijf tijden als 07:00-12:00, 13:00-17:00."))
        found.append((_minute(match[1]), _minute(match[2])))
    found.sort()
    if len(found) > MOST_SPANS:
        raise UnreadableError(_("Geef per dag ten hoogste zes tijden."))
    if any(since >= until or until > MINUTES_OF_A_DAY for since, until in found):
        raise UnreadableError(_("Laat elke tijd later eindigen dan hij begint, en uiterlijk om 24:00."))
    if any(one[1] > other[0] for one, other in pairwise(found)):
        raise UnreadableError(_("Laat tijden op een dag elkaar niet overlappen."))
    return found


def text_of(spans: Iterable[Sequence[int]]) -> str:
    """Empty for a day that is closed."""
    return ", ".join(f"{time_of(since)}-{time_of(until)}" for since, until in spans)


def days_of(text: str) -> list[ExceptionDay]:
    """Of lines such as "27-04-2026 dicht Koningsdag", in order. Raises UnreadableError."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_DAYS:
        raise UnreadableError(_("Geef ten hoogste tweehonderd dagen."))
    found = {}
    for line in lines:
        read = _day(line)
        if read["day"] in found:
            raise UnreadableError(_("Deze dag staat er twee keer: %(line)s") % {"line": line})
        found[read["day"]] = read
    return [found[day] for day in sorted(found)]


def text_of_days(days: Iterable[ExceptionDay]) -> str:
    return "\n".join(
        f"{date.fromisoformat(each['day']):%d-%m-%Y} {text_of(each['spans']) or CLOSED} {each['label']}"
        for each in days
    )


def _day(line: str) -> ExceptionDay:
    match = DAY.fullmatch(line)
    try:
        if match is None:
            raise UnreadableError  # what cannot be read, in either way
        day = datetime.strptime(match["day"], "%d-%m-%Y").date()  # noqa: DTZ007  # a day has no zone
        spans = spans_of(match["spans"])
    except ValueError as error:
        words = _("Schrijf deze regel als 27-04-2026 dicht Koningsdag: %(line)s")
        raise UnreadableError(str(error) if _is_said(error) else words % {"line": line}) from error
    return {"day": day.isoformat(), "label": match["label"].strip()[:LONGEST_LABEL], "spans": spans}


def _is_said(error: ValueError) -> bool:
    return isinstance(error, UnreadableError) and bool(error.args)


def _minute(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def time_of(minute: int) -> str:
    """Of the clock on the wall, as 07:00."""
    return f"{minute // 60:02}:{minute % 60:02}"
