"""Three calendars and three service levels to begin with: patterns of Dutch contracts, each to be changed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import Calendar, ServiceLevel
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
