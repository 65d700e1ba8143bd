"""ztc-016: published versions of one zaaktype are never valid on the same day.

Concepts may overlap; the moment of truth is publishing, or changing a published version.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from api.catalogi.models import Zaaktype
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


@rule
def published_versions_do_not_overlap(write: Write) -> Iterator[Violation]:
    """Both ends count as valid days; no end is for ever."""
    if write.value("concept"):
        return
    others = Zaaktype.objects.published().filter(
        catalogus=write.value("catalogus"), identificatie=write.value("identificatie")
    )
    if write.instance is not None:
        others = others.exclude(pk=write.instance.pk)
    if not others.filter(
        _overlapping(write.value("begin_geldigheid"), write.value("einde_geldigheid"))
    ).exists():
        return
    name = "eindeGeldigheid" if set(write.data) == {"einde_geldigheid"} else "beginGeldigheid"
    yield Violation(name, "overlap", "Een andere gepubliceerde versie is in deze periode al geldig.")


def _overlapping(begin: date, einde: date | None) -> Q:
    overlapping = Q(einde_geldigheid__isnull=True) | Q(einde_geldigheid__gte=begin)
    return overlapping & Q(begin_geldigheid__lte=einde) if einde else overlapping
