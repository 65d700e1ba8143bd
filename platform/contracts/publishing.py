"""What is published in versions: each in one transaction, with its line. Here calendars and levels are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import (
    Calendar,
    CalendarVersion,
    PriceList,
    ServiceLevel,
    ServiceLevelVersion,
    Target,
)
from contracts.models.calendar import Zone
from contracts.models.service_level import USUAL_REPORT_DAY
from contracts.models.version import Versioned
from contracts.span_texts import ExceptionDay
from contracts.working_time import Span
from screens.formats import day as shown_day
from tenants.accounts.log import note
from tenants.accounts.person import Person
from tenants.registry.context import require_public
from tenants.registry.models import Organisation

AREA = "afspraken"
Made = TypeVar("Made", Calendar, ServiceLevel, PriceList)
FARTHEST = timedelta(days=2 * 366)


class AgreementRefused(Exception):
    """Its text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Publishing:
    """From which day, and why."""

    effective_from: date
    reason: str


@dataclass(frozen=True, slots=True)
class CalendarTerms:
    """When clocks run."""

    week: list[list[Span]]
    days: list[ExceptionDay] = field(default_factory=list)
    always: bool = False
    zone: str = Zone.AMSTERDAM
    holiday_years: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TargetTerms:
    """In minutes of working time; None where nothing is agreed."""

    priority: str
    calendar: Calendar
    response: int | None
    update: int | None
    workaround: int | None
    resolution: int | None
    pauses_for_reporter: bool = True
    pauses_for_third_party: bool = False


@dataclass(frozen=True, slots=True)
class LevelTerms:
    """What is promised."""

    availability: Decimal
    window: Calendar
    rpo_minutes: int
    rto_minutes: int
    matrix: dict[str, dict[str, str]]
    credits: list[list[Decimal]]
    targets: list[TargetTerms]
    report_day: int = USUAL_REPORT_DAY


@transaction.atomic
def add_calendar(
    name: str, terms: CalendarTerms, how: Publishing, *, person: Person, now: datetime
) -> Calendar:
    """With its first version, for the organisation of the person. Raises AgreementRefused."""
    made = made_of(Calendar, name, person)
    _calendar_version(made, 1, terms, how, person=person, now=now)
    return made


@transaction.atomic
def publish_calendar(  # noqa: PLR0913  # each is a word of what is published
    calendar: Calendar, terms: CalendarTerms, how: Publishing, *, seen: int, person: Person, now: datetime
) -> CalendarVersion:
    """The next version, where the person saw the last one. Raises AgreementRefused."""
    number = next_number(calendar, how, seen=seen, person=person, now=now)
    return _calendar_version(calendar, number, terms, how, person=person, now=now)


@transaction.atomic
def add_level(
    name: str, terms: LevelTerms, how: Publishing, *, person: Person, now: datetime
) -> ServiceLevel:
    """As add_calendar."""
    made = made_of(ServiceLevel, name, person)
    _level_version(made, 1, terms, how, person=person, now=now)
    return made


@transaction.atomic
def publish_level(  # noqa: PLR0913  # as publish_calendar
    level: ServiceLevel, terms: LevelTerms, how: Publishing, *, seen: int, person: Person, now: datetime
) -> ServiceLevelVersion:
    """As publish_calendar."""
    number = next_number(level, how, seen=seen, person=person, now=now)
    return _level_version(level, number, terms, how, person=person, now=now)


def made_of(model: type[Made], name: str, person: Person) -> Made:
    """For the organisation of the person. Raises AgreementRefused where the name is in use."""
    require_public()
    organisation = Organisation.objects.get(pk=person.organisation_id or 0)
    try:
        with transaction.atomic():
            return model._default_manager.create(organisation=organisation, name=name.strip())
    except IntegrityError as error:
        raise AgreementRefused(_("Deze naam is al in gebruik. Kies een andere.")) from error


def next_number(versioned: Versioned, how: Publishing, *, seen: int, person: Person, now: datetime) -> int:
    """Locks what it is a version of: of two colleagues the second sees first what the first published.

    Raises AgreementRefused, also for a day on which it may not begin.
    """
    require_public()
    locked: Any = type(versioned).objects.visible_to(person).select_for_update().get(pk=versioned.pk)
    last = locked.versions.first()
    if last.number != seen:
        raise AgreementRefused(
            _("%(who)s publiceerde intussen versie %(number)s. Bekijk die eerst.")
            % {"who": last.published_by, "number": last.number}
        )
    today = timezone.localdate(now)
    if how.effective_from <= today:
        raise AgreementRefused(
            _("Kies een dag na vandaag: wat al loopt, houdt de afspraken waarmee het begon.")
        )
    if how.effective_from < last.effective_from:
        raise AgreementRefused(
            _("Kies een dag vanaf %(day)s: dan begint versie %(number)s.")
            % {"day": shown_day(last.effective_from), "number": last.number}
        )
    if how.effective_from > today + FARTHEST:
        raise AgreementRefused(_("Kies een dag binnen twee jaar."))
    return int(last.number) + 1


def _calendar_version(  # noqa: PLR0913  # as publish_calendar
    calendar: Calendar, number: int, terms: CalendarTerms, how: Publishing, *, person: Person, now: datetime
) -> CalendarVersion:
    made = CalendarVersion.objects.create(
        calendar=calendar,
        week=terms.week,
        days=terms.days,
        always=terms.always,
        zone=terms.zone,
        holiday_years=terms.holiday_years,
        **published(number, how, person, now),
    )
    note_version("kalender gepubliceerd", calendar, number, how, person)
    return made


def _level_version(  # noqa: PLR0913  # as publish_calendar
    level: ServiceLevel, number: int, terms: LevelTerms, how: Publishing, *, person: Person, now: datetime
) -> ServiceLevelVersion:
    made = ServiceLevelVersion.objects.create(
        level=level,
        availability=terms.availability,
        window=terms.window,
        rpo_minutes=terms.rpo_minutes,
        rto_minutes=terms.rto_minutes,
        matrix=terms.matrix,
        credits=terms.credits,
        report_day=terms.report_day,
        **published(number, how, person, now),
    )
    Target.objects.bulk_create(
        Target(
            version=made,
            priority=each.priority,
            calendar=each.calendar,
            response=each.response,
            update=each.update,
            workaround=each.workaround,
            resolution=each.resolution,
            pauses_for_reporter=each.pauses_for_reporter,
            pauses_for_third_party=each.pauses_for_third_party,
        )
        for each in terms.targets
    )
    note_version("serviceniveau gepubliceerd", level, number, how, person)
    return made


def published(number: int, how: Publishing, person: Person, now: datetime) -> dict[str, Any]:
    """What every version has."""
    return {
        "number": number,
        "effective_from": how.effective_from,
        "reason": how.reason.strip(),
        "published_at": now,
        "published_by": str(person.user),
    }


def note_version(action: str, versioned: Versioned, number: int, how: Publishing, person: Person) -> None:
    """Its line in the log."""
    note(
        person=person,
        area=AREA,
        action=action,
        subject=versioned.name,
        changes={
            "versie": [number - 1 or None, number],
            "geldt vanaf": [None, how.effective_from.isoformat()],
            "reden": [None, how.reason.strip()],
        },
    )
