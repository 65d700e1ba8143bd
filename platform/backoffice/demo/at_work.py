"""When people of the demo do something: on working days, between eight and six."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from contracts.working_days import is_working_day, next_working_day

OPENS, LAST_HOUR = time(8), time(17)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def at_work(moment: datetime) -> datetime:
    """As it is within the working day; what falls between two of them comes in the last hour of the first.

    Never later than it was, and in the same order.
    """
    here = timezone.localtime(moment)
    is_open = is_working_day(here.date()) and here.time() >= OPENS
    if is_open and here.time() < LAST_HOUR:
        return moment
    day = here.date() if is_open else _working_day_before(here.date())
    evening, morning = _at(day, LAST_HOUR), _at(next_working_day(day), OPENS)
    return evening + HOUR * ((moment - evening) / (morning - evening))


def _working_day_before(day: date) -> date:
    day -= DAY
    while not is_working_day(day):
        day -= DAY
    return day


def _at(day: date, hour: time) -> datetime:
    """In UTC, where an hour is always as long."""
    return timezone.make_aware(datetime.combine(day, hour)).astimezone(UTC)
