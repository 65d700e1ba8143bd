"""What holds for a statustype beyond the numbered rules (x-ztc-08)."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.models import Statustype
from api.pipeline.violations import OBJECT, Violation
from api.pipeline.write import Write

LOWEST, HIGHEST = 1, 9999


def volgnummer_in_range(write: Write) -> Iterator[Violation]:
    """From 1 to 9999."""
    number = write.data.get("volgnummer", LOWEST)
    if number < LOWEST:
        yield Violation("volgnummer", "min_value", f"Minstens {LOWEST}.")
    if number > HIGHEST:
        yield Violation("volgnummer", "max_value", f"Hoogstens {HIGHEST}.")


def volgnummer_unique(write: Write) -> Iterator[Violation]:
    """A number occurs once in a zaaktype."""
    others = Statustype.objects.filter(zaaktype=write.value("zaaktype"), volgnummer=write.value("volgnummer"))
    if write.instance is not None:
        others = others.exclude(pk=write.instance.pk)
    if others.exists():
        yield Violation(OBJECT, "unique", "Dit volgnummer komt bij dit zaaktype al voor.")
