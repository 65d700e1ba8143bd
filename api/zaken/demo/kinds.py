"""The zaaktypen of a municipality, as what its zaken are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from api.catalogi.models import Resultaattype, Roltype, Zaaktype
from api.catalogi.models.keuzes import Archiefnominatie, OmschrijvingGeneriek
from api.pipeline.sql.loading import NULL, written
from api.pipeline.validate.fields import day_after
from api.zaken.demo.catalogue import zaaktypen

SHARE_OF_THE_FIRST = 0.41
TAIL = 1.5
"""The higher, the fewer zaken the last of the zaaktypen have."""
DAYS_KEPT = 1 << 16


class Part(NamedTuple):
    """A roltype, as COPY reads what a rol says of it."""

    roltype: str
    omschrijving: str
    omschrijving_generiek: str
    roltoelichting: str

    @classmethod
    def of(cls, roltype: Roltype) -> Part:
        omschrijving = written(roltype.omschrijving)
        return cls(str(roltype.pk), omschrijving, roltype.omschrijving_generiek, omschrijving)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A resultaattype, with what it means for archiving."""

    uuid: str
    nominatie: str
    termijn: str | None
    is_kept: bool

    @classmethod
    def of(cls, resultaattype: Resultaattype) -> Outcome:
        return cls(
            str(resultaattype.pk),
            written(resultaattype.archiefnominatie or None),
            resultaattype.archiefactietermijn,
            resultaattype.archiefnominatie == Archiefnominatie.BLIJVEND_BEWAREN,
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """A zaaktype; keys and texts are as COPY reads them."""

    uuid: str
    level: int
    titles: list[str]
    statustypen: list[str]
    outcomes: list[Outcome]
    initiator: Part | None
    behandelaar: Part | None
    servicenorm: str | None
    doorlooptijd: str | None

    @classmethod
    def of(cls, zaaktype: Zaaktype, titles: list[str]) -> Kind:
        return cls(
            uuid=str(zaaktype.pk),
            level=int(zaaktype.vertrouwelijkheidaanduiding),
            titles=[written(title) for title in titles],
            statustypen=[
                str(each.pk) for each in sorted(zaaktype.statustypen.all(), key=lambda each: each.volgnummer)
            ],
            outcomes=[Outcome.of(each) for each in zaaktype.resultaattypen.all()],
            initiator=_part(zaaktype, OmschrijvingGeneriek.INITIATOR),
            behandelaar=_part(zaaktype, OmschrijvingGeneriek.BEHANDELAAR),
            servicenorm=zaaktype.servicenorm,
            doorlooptijd=zaaktype.doorlooptijd,
        )


def kinds() -> list[Kind]:
    """The published zaaktypen that have statustypen; those of the demo first."""
    described = zaaktypen()
    places = {each["identificatie"]: place for place, each in enumerate(described)}
    titles = {each["identificatie"]: each["zaken"] for each in described}
    published = Zaaktype.objects.published().prefetch_related("statustypen", "resultaattypen", "roltypen")
    found = sorted(
        published, key=lambda each: (places.get(each.identificatie, len(places)), each.identificatie)
    )
    return [
        Kind.of(zaaktype, titles.get(zaaktype.identificatie, [zaaktype.omschrijving]))
        for zaaktype in found
        if zaaktype.statustypen.all()
    ]


def shares(count: int) -> list[float]:
    """How many of the zaken each of so many zaaktypen has: one has much, and many have little."""
    tail = [rank**-TAIL for rank in range(1, count)]
    return [SHARE_OF_THE_FIRST, *((1 - SHARE_OF_THE_FIRST) * each / sum(tail) for each in tail)][:count]


@lru_cache(maxsize=DAYS_KEPT)
def term_after(day: date, duration: str | None) -> str:
    """The day to which a term of the zaaktype leads, as COPY reads it."""
    return NULL if duration is None else day_after(day, duration).isoformat()


def _part(zaaktype: Zaaktype, generiek: str) -> Part | None:
    found = (each for each in zaaktype.roltypen.all() if each.omschrijving_generiek == generiek)
    return next((Part.of(each) for each in found), None)
