"""Zaken in bulk: points in the municipality, rollen, one to three statussen, most of them open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from math import cos, pi, radians, sin, sqrt
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from api.catalogi.models import Resultaattype, Roltype, Statustype, Zaaktype
from api.catalogi.models.keuzes import OmschrijvingGeneriek
from api.zaken.demo.catalogue import zaaktypen
from api.zaken.demo.people import inwoner, medewerker
from api.zaken.models import IdentificatieTeller, Resultaat, Rol, Status, Zaak
from api.zaken.models.keuzes import BetrokkeneType
from api.zaken.rules.zrc_002_identificatie import SOORT, identificatie
from tenants.registry.context import current_municipality, in_municipality
from tenants.registry.models import Municipality

BATCH = 1000
RSIN = "517439943"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SHARE_CLOSED = 0.15
OLDEST_DAYS = 700
OFFICE_MINUTES = range(8 * 60, 18 * 60)
"""Of a day."""
KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Place:
    """A circle that lies within a municipality: its middle in degrees, its radius in km."""

    longitude: float
    latitude: float
    radius: float

    def point(self, random: Random) -> dict[str, Any]:
        """A GeoJSON point in it, spread evenly."""
        angle, distance = random.uniform(0, 2 * pi), self.radius * sqrt(random.random())
        north = distance * cos(angle) / KM_PER_DEGREE
        east = distance * sin(angle) / (KM_PER_DEGREE * cos(radians(self.latitude)))
        return {
            "type": "Point",
            "coordinates": [round(self.longitude + east, 6), round(self.latitude + north, 6)],
        }


MIDDLE_OF_THE_COUNTRY = Place(5.387, 52.156, 2.0)
PLACES = {"0392": Place(4.637, 52.381, 2.0), "0344": Place(5.117, 52.091, 3.0)}
"""By CBS code."""


@dataclass(slots=True)
class Kind:
    """A zaaktype with what its zaken are made of."""

    zaaktype: Zaaktype
    statustypen: list[Statustype]
    resultaattypen: list[Resultaattype]
    initiator: Roltype | None
    behandelaar: Roltype | None
    titles: list[str]


@dataclass(slots=True)
class Batch:
    """Rows that are stored together."""

    zaken: list[Zaak] = field(default_factory=list)
    statussen: list[Status] = field(default_factory=list)
    rollen: list[Rol] = field(default_factory=list)
    resultaten: list[Resultaat] = field(default_factory=list)

    def store(self) -> None:
        with transaction.atomic():
            Zaak.objects.bulk_create(self.zaken)
            Rol.objects.bulk_create(self.rollen)
            Status.objects.bulk_create(self.statussen)
            Resultaat.objects.bulk_create(self.resultaten)


def generate(
    count: int, *, cbs_code: str | None, today: date, seed: int, progress: Callable[[int], None]
) -> None:
    """Fill the current municipality with ``count`` zaken of its published zaaktypen.

    Raises ``LookupError`` where no published zaaktype has statustypen. ``progress`` hears how many
    are stored.
    """
    random = Random(seed)  # noqa: S311 - no secret hangs on it
    kinds, place = _kinds(), PLACES.get(cbs_code or "", MIDDLE_OF_THE_COUNTRY)
    if not kinds:
        message = "no published zaaktype with statustypen"
        raise LookupError(message)
    begins = sorted(today - timedelta(days=random.randint(1, OLDEST_DAYS)) for _ in range(count))
    numbers = _identificaties(begins)
    for start in range(0, count, BATCH):
        batch = Batch()
        for began in begins[start : start + BATCH]:
            kind = random.choice(kinds)
            _add(batch, random, kind, _zaak(random, kind, next(numbers), place, began), today)
        batch.store()
        progress(min(start + BATCH, count))
    analyze_once_committed()


def analyze_once_committed() -> None:
    """Let PostgreSQL count the rows: at once, or after the transaction that this happens in.

    Within it the locks of one table would be held while the next is waited for.
    """
    municipality = current_municipality()
    transaction.on_commit(lambda: _analyze(municipality))


def _analyze(municipality: Municipality) -> None:
    with in_municipality(municipality), connection.cursor() as cursor:
        for model in (Zaak, Status, Rol, Resultaat):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _identificaties(begins: list[date]) -> Iterator[str]:
    """One for each day, in that order, of its own year; the API goes on where they end."""
    for jaar, days in groupby(begins, key=lambda began: began.year):
        count = len(list(days))
        last = IdentificatieTeller.objects.next_number(SOORT, RSIN, jaar, count=count)
        yield from (identificatie(jaar, number) for number in range(last - count + 1, last + 1))


def _add(batch: Batch, random: Random, kind: Kind, zaak: Zaak, today: date) -> None:
    batch.zaken.append(zaak)
    _add_rollen(batch, random, kind, zaak)
    is_closed = bool(kind.resultaattypen) and random.random() < SHARE_CLOSED
    steps = _steps(random, kind, is_closed=is_closed)
    _add_statussen(batch, random, zaak, steps, today)
    if is_closed:
        zaak.einddatum = batch.statussen[-1].datum_status_gezet.date()
        batch.resultaten.append(Resultaat(zaak=zaak, resultaattype=random.choice(kind.resultaattypen)))


def _zaak(random: Random, kind: Kind, number: str, place: Place, began: date) -> Zaak:
    return Zaak(
        identificatie=number,
        bronorganisatie=RSIN,
        verantwoordelijke_organisatie=RSIN,
        omschrijving=random.choice(kind.titles),
        zaaktype=kind.zaaktype,
        vertrouwelijkheidaanduiding=kind.zaaktype.vertrouwelijkheidaanduiding,
        startdatum=began,
        registratiedatum=began,
        zaakgeometrie=place.point(random),
    )


def _add_rollen(batch: Batch, random: Random, kind: Kind, zaak: Zaak) -> None:
    if kind.initiator is not None:
        person = inwoner(random)
        batch.rollen.append(_rol(zaak, kind.initiator, BetrokkeneType.NATUURLIJK_PERSOON, person))
    if kind.behandelaar is not None and random.random() < 1 / 2:
        batch.rollen.append(_rol(zaak, kind.behandelaar, BetrokkeneType.MEDEWERKER, medewerker(random)))


def _rol(zaak: Zaak, roltype: Roltype, betrokkene_type: BetrokkeneType, who: dict[str, Any]) -> Rol:
    return Rol(
        zaak=zaak,
        roltype=roltype,
        betrokkene_type=betrokkene_type,
        betrokkene_identificatie=who,
        omschrijving=roltype.omschrijving,
        omschrijving_generiek=roltype.omschrijving_generiek,
        roltoelichting=roltype.omschrijving,
    )


def _steps(random: Random, kind: Kind, *, is_closed: bool) -> list[Statustype]:
    reached = random.choices((1, 2, 3), (6, 3, 1))[0]
    steps = kind.statustypen[:-1][:reached] or kind.statustypen[:1]
    return [*steps[:2], kind.statustypen[-1]] if is_closed else steps


def _add_statussen(batch: Batch, random: Random, zaak: Zaak, steps: list[Statustype], today: date) -> None:
    moments = _moments(random, zaak.startdatum, today, len(steps))
    batch.statussen += [
        Status(
            zaak=zaak,
            statustype=step,
            datum_status_gezet=moment,
            indicatie_laatst_gezette_status=moment is moments[-1],
        )
        for step, moment in zip(steps, moments, strict=True)
    ]


def _moments(random: Random, began: date, today: date, count: int) -> list[datetime]:
    """In office hours from the first day on, none today, each later than the one before."""
    days = [began]
    while len(days) < count:
        days.append(min(days[-1] + timedelta(days=random.randint(1, 30)), today - timedelta(days=1)))
    # No minute twice, so that two steps of one day are apart.
    minutes = random.sample(OFFICE_MINUTES, count)
    return sorted(
        datetime.combine(day, time(*divmod(minute, 60)), AMSTERDAM)
        for day, minute in zip(days, minutes, strict=True)
    )


def _kinds() -> list[Kind]:
    titles = {described["identificatie"]: described["zaken"] for described in zaaktypen()}
    published = Zaaktype.objects.published().prefetch_related("statustypen", "resultaattypen", "roltypen")
    kinds = [
        Kind(
            zaaktype,
            sorted(zaaktype.statustypen.all(), key=lambda each: each.volgnummer),
            list(zaaktype.resultaattypen.all()),
            _roltype(zaaktype, OmschrijvingGeneriek.INITIATOR),
            _roltype(zaaktype, OmschrijvingGeneriek.BEHANDELAAR),
            titles.get(zaaktype.identificatie, [zaaktype.omschrijving]),
        )
        for zaaktype in published
    ]
    return [kind for kind in kinds if kind.statustypen]


def _roltype(zaaktype: Zaaktype, generiek: str) -> Roltype | None:
    return next((each for each in zaaktype.roltypen.all() if each.omschrijving_generiek == generiek), None)
