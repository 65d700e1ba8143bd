"""x-drc-03: an identificatie is unique within its bronorganisatie; it is made where the client gives none.

Numbers that were reserved come from the same counter, and so are never given to another document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from api.documenten.models import DocumentTeller, EnkelvoudigInformatieObject, GereserveerdNummer
from api.pipeline.commit.inserting import insert
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


def identificatie_unique(write: Write) -> Iterator[Violation]:
    """No other document of the bronorganisatie has it."""
    wanted = write.value("identificatie")
    if not wanted or not (write.changes("identificatie") or write.changes("bronorganisatie")):
        return
    others = _those_of(write.value("bronorganisatie")).filter(identificatie=wanted)
    if write.instance is not None:
        others = others.exclude(pk=write.instance.pk)
    if others.exists():
        yield Violation("identificatie", "identificatie-niet-uniek", "Deze identificatie is al in gebruik.")


def identificatie_stays(write: Write) -> None:
    """An effect: an empty one in a change leaves the document the one that it has."""
    if not write.data.get("identificatie", True):
        del write.data["identificatie"]


def give_identificatie(write: Write) -> None:
    """An effect: the next free number of the organisation and year, where the client chose none."""
    if not write.value("identificatie"):
        organisatie = write.value("bronorganisatie")
        (write.data["identificatie"],) = next_identificaties(organisatie, write.caller.today, 1)


def next_identificaties(organisatie: str, day: date, count: int) -> list[str]:
    """``DOCUMENT-2026-0000000001`` and on; the counter is locked until the transaction ends."""
    of_organisatie = _those_of(organisatie)

    def taken(numbers: Collection[str]) -> Iterable[str]:
        return of_organisatie.filter(identificatie__in=numbers).values_list("identificatie", flat=True)

    return DocumentTeller.objects.next_free(
        organisatie,
        day.year,
        count=count,
        written=lambda number: written_identificatie(day.year, number),
        taken=taken,
    )


def written_identificatie(jaar: int, number: int) -> str:
    """How a number of a year is written."""
    return f"DOCUMENT-{jaar}-{number:010d}"


def _those_of(organisatie: str) -> QuerySet[EnkelvoudigInformatieObject]:
    return EnkelvoudigInformatieObject.objects.filter(bronorganisatie=organisatie)


def reserve(organisatie: str, now: datetime, count: int) -> list[str]:
    """Numbers that are given out before their documents, in the transaction of the caller."""
    given = next_identificaties(organisatie, timezone.localdate(now), count)
    insert(
        GereserveerdNummer(bronorganisatie=organisatie, identificatie=each, gereserveerd_op=now)
        for each in given
    )
    return given
