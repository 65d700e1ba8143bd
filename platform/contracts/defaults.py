"""What one begins with: patterns of Dutch contracts, each to be changed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import Calendar, PriceKind, PriceList, ServiceLevel
from contracts.price_publishing import LABELS, PriceListTerms, PriceTerms, add_price_list
from contracts.publishing import (
    AgreementRefused,
    CalendarTerms,
    LevelTerms,
    Publishing,
    TargetTerms,
    add_calendar,
    add_level,
)
from tenants.accounts.person import Person
from tenants.registry.context import require_public
from tenants.registry.models import Organisation

H = 60
"""Minutes of an hour."""
SHORT, LONG = 8 * H + 30, 11 * H
"""Working days of the two calendars."""
REASON = "Standaard om mee te beginnen"

LEVELS_OF_IMPACT = ("hoog", "middel", "laag")
MATRIX = {
    "hoog": {"hoog": "P1", "middel": "P2", "laag": "P3"},
    "middel": {"hoog": "P2", "middel": "P3", "laag": "P3"},
    "laag": {"hoog": "P3", "middel": "P4", "laag": "P4"},
}
# Of each priority: response, update and resolution.
BASIS = {
    "P1": (H, 2 * H, 8 * H),
    "P2": (4 * H, SHORT, 2 * SHORT),
    "P3": (SHORT, 5 * SHORT, 10 * SHORT),
    "P4": (2 * SHORT, None, None),
}
PLUS = {
    "P1": (H // 2, H, 4 * H),
    "P2": (2 * H, 4 * H, LONG),
    "P3": (4 * H, 2 * LONG, 5 * LONG),
    "P4": (LONG, None, None),
}
PREMIUM = {
    "P1": (H // 4, H, 2 * H),
    "P2": (H, 4 * H, 8 * H),
    "P3": (4 * H, LONG, 3 * LONG),
    "P4": (LONG, None, None),
}

# In euros without btw: from how many inhabitants, and what comes beside the base with what it includes.
TIERS = (
    (0, 9_600),
    (10_000, 12_600),
    (25_000, 18_600),
    (50_000, 27_600),
    (100_000, 38_400),
    (150_000, 48_600),
    (250_000, 72_000),
)
LEVEL_PRICES = {"Basis": 0, "Plus": 14_400, "Premium": 36_000}
BESIDES = (
    (PriceKind.SETUP, 12_500, 0),
    (PriceKind.ENVIRONMENT, 1_800, 1),
    (PriceKind.STORAGE, 240, 1_000),
    (PriceKind.DOCUMENTS, 10, 1_000_000),
    (PriceKind.CALLS, 1, 25_000_000),
    (PriceKind.COMMUNITY, 1_200, 0),
    (PriceKind.HOUR, 125, 0),
    (PriceKind.BUNDLE, 4_800, 40),
)


@transaction.atomic
def begin(*, person: Person, now: datetime) -> None:
    """For an organisation that has none yet. Raises AgreementRefused."""
    require_public()
    own = person.organisation_id or 0
    Organisation.objects.select_for_update().get(pk=own)
    if Calendar.objects.visible_to(person).exists() or ServiceLevel.objects.visible_to(person).exists():
        raise AgreementRefused(_("Uw organisatie is al begonnen."))
    how = Publishing(timezone.localdate(now), REASON)

    def calendar(name: str, terms: CalendarTerms) -> Calendar:
        return add_calendar(name, terms, how, person=person, now=now)

    office = calendar("Kantoortijden", CalendarTerms(_working_week((7 * H, 18 * H))))
    short = calendar("Werkdagen 08:30-17:00", CalendarTerms(_working_week((8 * H + 30, 17 * H))))
    always = calendar("Altijd", CalendarTerms(_working_week(None), always=True))
    levels = {
        "Basis": _level("99.5", short, (24 * H, 8 * H), _targets(BASIS, short)),
        "Plus": _level("99.8", always, (H, 4 * H), _targets(PLUS, office)),
        "Premium": _level("99.95", always, (5, H), _targets(PREMIUM, office, P1=always)),
    }
    for name, terms in levels.items():
        add_level(name, terms, how, person=person, now=now)
    if not PriceList.objects.visible_to(person).exists():
        begin_prices(person=person, now=now)


@transaction.atomic
def begin_prices(*, person: Person, now: datetime) -> PriceList:
    """For an organisation that has no price list yet. Raises AgreementRefused."""
    require_public()
    Organisation.objects.select_for_update().get(pk=person.organisation_id or 0)
    if PriceList.objects.visible_to(person).exists():
        raise AgreementRefused(_("Uw organisatie heeft al een prijslijst."))
    how = Publishing(timezone.localdate(now), REASON)
    return add_price_list("Standaard", standard_prices(), how, person=person, now=now)


def standard_prices() -> PriceListTerms:
    ends = [*(start for start, _euros in TIERS[1:]), None]
    tiers = [
        PriceTerms(PriceKind.BASE, LABELS[PriceKind.BASE], euros * 100, tier_from=start, tier_to=end)
        for (start, euros), end in zip(TIERS, ends, strict=True)
    ]
    levels = [PriceTerms(PriceKind.LEVEL, name, euros * 100) for name, euros in LEVEL_PRICES.items()]
    besides = [
        PriceTerms(kind, LABELS[kind], euros * 100, included=included) for kind, euros, included in BESIDES
    ]
    return PriceListTerms(21, [*tiers, *levels, *besides])


def _working_week(span: tuple[int, int] | None) -> list[list[tuple[int, int]]]:
    worked = [span] if span else []
    return [*([worked] * 5), [], []]


def _level(
    availability: str, window: Calendar, lost: tuple[int, int], targets: list[TargetTerms]
) -> LevelTerms:
    promised = Decimal(availability)
    return LevelTerms(
        availability=promised,
        window=window,
        rpo_minutes=lost[0],
        rto_minutes=lost[1],
        matrix=MATRIX,
        credits=[[promised, Decimal(5)], [promised - Decimal("0.5"), Decimal(10)]],
        targets=targets,
    )


def _targets(
    minutes: dict[str, tuple[int, int | None, int | None]], calendar: Calendar, **others: Calendar
) -> list[TargetTerms]:
    return [
        TargetTerms(
            priority=priority,
            calendar=others.get(priority, calendar),
            response=response,
            update=update,
            workaround=None,
            resolution=resolution,
        )
        for priority, (response, update, resolution) in minutes.items()
    ]
