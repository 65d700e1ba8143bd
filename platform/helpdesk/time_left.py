"""How much time a clock has left, in the same words wherever it is shown."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from contracts.working_days import working_days_until
from screens.due import FULL_PERCENT, Due, DueKind, due_kind
from screens.formats import day_of, near, remaining, working_days_left

BY_THE_CLOCK = timedelta(hours=12)
"""What is due sooner is told in hours and minutes, also where midnight lies between."""


def due_at(due: datetime, percent: float, now: datetime) -> Due:
    """Of a clock that runs; ``percent`` of its working time is used. At the moment itself nothing is late."""
    if due < now:
        return Due(DueKind.LATE, in_words(due, now), FULL_PERCENT)
    return Due(due_kind(min(percent, FULL_PERCENT - 1)), in_words(due, now), round(percent))


def in_words(due: datetime, now: datetime) -> str:
    """Today by the clock, and after that in days on which somebody works."""
    if due < end_of_day(now) or due - now < BY_THE_CLOCK:
        return remaining(due, now)
    days = working_days_until(day_of(now), day_of(due))
    return working_days_left(days) if days else near(due, now)


def end_of_day(now: datetime) -> datetime:
    """Midnight in the zone of the deployment."""
    return timezone.make_aware(datetime.combine(day_of(now) + timedelta(days=1), time.min))
