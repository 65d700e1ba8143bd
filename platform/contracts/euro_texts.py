"""Amounts and counts as people write them: 14.400,00 and 25.000. A dot stands before three figures."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from contracts.pricing import figure
from contracts.span_texts import UnreadableError

WHOLE = r"\d{1,3}(?:\.\d{3})+|\d{1,10}"
COUNT = re.compile(WHOLE, re.ASCII)
EURO = re.compile(rf"(?:€\s*)?(?P<whole>{WHOLE})(?:,(?:(?P<cents>\d\d)|-))?", re.ASCII)


def count_of(text: str) -> int:
    """Raises UnreadableError."""
    if COUNT.fullmatch(text.strip()) is None:
        raise UnreadableError(_("Schrijf een heel getal, zoals 25.000."))
    return _whole(text)


def cents_of(text: str) -> int:
    """Raises UnreadableError."""
    match = EURO.fullmatch(text.strip())
    if match is None:
        raise UnreadableError(_("Schrijf een bedrag in euro's, zoals 1.250,00."))
    return _whole(match["whole"]) * 100 + int(match["cents"] or 0)


def text_of_cents(cents: int) -> str:
    """As the form asks for it, whatever the language of the page."""
    return f"{figure(cents // 100)},{cents % 100:02}"


def _whole(text: str) -> int:
    return int(text.strip().replace(".", ""))
