"""What a copy of a type must be told (no number: the standard has no copies)."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.models import Zaaktype
from api.pipeline.declare.rules import Rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


def identificatie_unused(write: Write) -> Iterator[Violation]:
    """A copy is another zaaktype than all in the catalogus, concepts included."""
    same = Zaaktype.objects.filter(
        catalogus=write.data["catalogus"], identificatie=write.data["identificatie"]
    )
    if same.exists():
        yield Violation(
            "identificatie", "unique", "Er is in deze catalogus al een zaaktype met deze identificatie."
        )


def begins_on_another_day(identified_by: str) -> Rule:
    """The rule that no version of the same type begins on the day of the new one (x-ztc-02)."""

    def begin_geldigheid_unused(write: Write) -> Iterator[Violation]:
        names = ("catalogus", identified_by, "begin_geldigheid")
        same = write.resource.model._default_manager.filter(**{name: write.data[name] for name in names})
        if same.exists():
            yield Violation("beginGeldigheid", "unique", "Er is al een versie die op deze dag begint.")

    return begin_geldigheid_unused
