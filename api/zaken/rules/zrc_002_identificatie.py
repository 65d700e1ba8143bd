"""zrc-002: an identificatie is unique within the organisation that gave it.

A client may choose one when it registers the zaak; otherwise it comes from a counter. It never
changes afterwards, which the representation says (``immutable``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial

from django.db.models import QuerySet

from api.pipeline.declare.rules import effect, rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation
from api.zaken.models import IdentificatieTeller, Zaak

SOORT = "zaak"


@rule
def identificatie_unique(write: Write) -> Iterator[Violation]:
    """No other zaak of the bronorganisatie has it."""
    wanted = write.value("identificatie")
    if wanted and _is_taken(write.value("bronorganisatie"), wanted, write.instance):
        yield Violation("identificatie", "identificatie-niet-uniek", "Deze identificatie is al in gebruik.")


@effect
def give_identificatie(write: Write) -> None:
    """The next free number of the organisation and year, where the client chose none."""
    if not write.value("identificatie"):
        organisatie = write.value("bronorganisatie")
        write.data["identificatie"] = next_identificatie(organisatie, write.caller.today.year)


def next_identificatie(organisatie: str, jaar: int) -> str:
    """``ZAAK-2026-0000000001`` and on; the counter is locked until the transaction ends."""

    def taken(numbers: Collection[str]) -> Iterable[str]:
        return _those_of(organisatie, numbers).values_list("identificatie", flat=True)

    (given,) = IdentificatieTeller.objects.next_free(
        SOORT, organisatie, jaar, written=partial(identificatie, jaar), taken=taken
    )
    return given


def identificatie(jaar: int, number: int) -> str:
    """How a number of a year is written."""
    return f"ZAAK-{jaar}-{number:010d}"


def _is_taken(organisatie: str, wanted: str, instance: Zaak | None) -> bool:
    others = _those_of(organisatie, [wanted])
    if instance is not None:
        others = others.exclude(pk=instance.pk)
    return others.exists()


def _those_of(organisatie: str, identificaties: Collection[str]) -> QuerySet[Zaak]:
    return Zaak.objects.filter(bronorganisatie=organisatie, identificatie__in=identificaties)
