"""A sub-type agrees with its zaaktype where it repeats it (x-ztc-07, rules 9.2; no number)."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.rules.date_mismatch import einde_not_before_begin
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation

DATES = {"begin_geldigheid": "beginGeldigheid", "einde_geldigheid": "eindeGeldigheid"}


def catalogus_is_that_of_zaaktype(write: Write) -> Iterator[Violation]:
    """The deprecated ``catalogus``, where it is sent."""
    given = write.data.get("zaaktype__catalogus")
    if given is not None and given != write.value("zaaktype").catalogus:
        yield Violation(
            "catalogus", "relations-incorrect-catalogus", "Dit is niet de catalogus van het zaaktype."
        )


def dates_are_those_of_zaaktype(write: Write) -> Iterator[Violation]:
    """The deprecated dates, where the client creates a sub-type with them.

    Open Zaak takes any (``open_zaak_compatibility``).
    """
    if write.caller.municipality.open_zaak_compatibility:
        return
    for attribute, name in DATES.items():
        given = write.data.get(attribute)
        if write.creating and given is not None and given != getattr(write.value("zaaktype"), attribute):
            yield Violation(name, "date-mismatch", "Dit is niet de datum van het zaaktype.")


def dates_are_in_order(write: Write) -> Iterator[Violation]:
    """The deprecated dates, where the client gives them: kept as they are, but not reversed."""
    if DATES.keys() & write.data.keys():
        yield from einde_not_before_begin(write)
