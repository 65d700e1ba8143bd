"""The number of a part within its zaaktype (x-ztc-05, x-ztc-08; no number in the standard)."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.rules import Rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import OBJECT, Violation


def volgnummer_up_to(highest: int) -> Rule:
    """The rule that a number goes from 1 to ``highest``."""

    def volgnummer_in_range(write: Write) -> Iterator[Violation]:
        number = write.data.get("volgnummer", 1)
        if number < 1:
            yield Violation("volgnummer", "min_value", "Minstens 1.")
        if number > highest:
            yield Violation("volgnummer", "max_value", f"Hoogstens {highest}.")

    return volgnummer_in_range


def volgnummer_unique(write: Write) -> Iterator[Violation]:
    """A number occurs once in a zaaktype."""
    others = write.resource.model._default_manager.filter(
        zaaktype=write.value("zaaktype"), volgnummer=write.value("volgnummer")
    )
    if write.instance is not None:
        others = others.exclude(pk=write.instance.pk)
    if others.exists():
        yield Violation(OBJECT, "unique", "Dit volgnummer komt bij dit zaaktype al voor.")
