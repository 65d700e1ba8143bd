"""What was measured last month, and the report that follows from it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from backoffice.demo.people import somebody
from service_reports.acting import share
from service_reports.gathering import last_of, month_before, start_of
from service_reports.making import make_concept
from service_reports.models import Measured, Minutes
from service_reports.models.minutes import MINUTES_OF_AN_HOUR
from tenants.registry.models import Municipality

HOUR = timedelta(hours=1)
DOWN = {"haarlem": (25, 12), "utrecht": (25, 150)}
"""After how many half days it was away, and for how many minutes."""
BY_DAY, BY_NIGHT = 900, 40
"""Requests of an hour."""


def measure_last_month(municipality: Municipality, now: datetime) -> bool:
    """Whether there is something new to read: a report of last month, shared with the municipality."""
    month = month_before(timezone.localdate(now))
    begin, end = _moment(month), _moment(last_of(month) + timedelta(days=1))
    known = Minutes.objects.filter(municipality=municipality, hour__gte=begin, hour__lt=end)
    if known.exists():
        return False
    after, minutes = DOWN.get(municipality.schema_name, (0, 0))
    away = begin + timedelta(hours=12 * after)
    Minutes.objects.bulk_create(
        _hour(municipality, begin + HOUR * place, away, away + timedelta(minutes=minutes))
        for place in range((end - begin) // HOUR)
    )
    report = make_concept(municipality.pk, now)
    if report is not None:
        share(report, person=somebody("accountbeheer"), now=now)
    return report is not None


def _moment(day: date) -> datetime:
    """Its start, in UTC: there each hour comes once, also where the clock goes back or forth."""
    return start_of(day).astimezone(UTC)


def _hour(municipality: Municipality, hour: datetime, away: datetime, back: datetime) -> Minutes:
    states = "".join(
        Measured.DOWN if away <= hour + timedelta(minutes=minute) < back else Measured.UP
        for minute in range(MINUTES_OF_AN_HOUR)
    )
    is_day = 8 <= timezone.localtime(hour).hour < 18  # noqa: PLR2004  # office hours, roughly
    return Minutes(
        municipality=municipality, hour=hour, states=states, requests=BY_DAY if is_day else BY_NIGHT
    )
