"""ztc-015: the value of an eigenschap that is a date, or a moment, has the length of its format.

The text writes ``datum-tijd`` where the OAS has ``datum_tijd``; it names no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from api.catalogi.models.keuzes import Formaat
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation

FORMATS = {
    Formaat.DATUM.value: ("YYYYMMDD", "%Y%m%d"),
    Formaat.DATUM_TIJD.value: ("YYYYMMDDhhmmss", "%Y%m%d%H%M%S"),
}


@rule
def length_fits_format(write: Write) -> Iterator[Violation]:
    """8 for a date, 14 for a moment."""
    form, _ = FORMATS.get(write.value("specificatie_formaat"), ("", ""))
    if form and write.value("specificatie_lengte") != str(len(form)):
        yield Violation("specificatie.lengte", "invalid", f"De lengte van {form} is {len(form)}.")


@rule
def values_fit_format(write: Write) -> Iterator[Violation]:
    """The values to choose from are such dates, or moments."""
    form, pattern = FORMATS.get(write.value("specificatie_formaat"), ("", ""))
    if not form:
        return
    for index, value in enumerate(write.value("specificatie_waardenverzameling")):
        if not _fits(value, len(form), pattern):
            name = f"specificatie.waardenverzameling.{index}"
            yield Violation(name, "invalid", f"Dit is geen waarde van de vorm {form}.")


def _fits(value: str, length: int, pattern: str) -> bool:
    if not re.fullmatch(rf"[0-9]{{{length}}}", value):
        return False
    try:
        datetime.strptime(value, pattern)  # noqa: DTZ007 - only whether it exists, wherever
    except ValueError:
        return False
    return True
