"""What is going to be too late: the clocks that end today or this week if nobody does anything."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone

from helpdesk.models import TicketClock
from helpdesk.queue import end_of_day
from helpdesk.words import OPEN
from screens.formats import day_of
from tenants.accounts.person import Person
from tenants.registry.models import Municipality

DAYS_OF_A_WEEK = 7
MOST = 50
"""As many as anybody looks at from here, of which one more is read; the queue has them all."""


def end_of_week(now: datetime) -> datetime:
    """The midnight with which the next Monday begins."""
    today = day_of(now)
    monday = today + timedelta(days=DAYS_OF_A_WEEK - today.weekday())
    return timezone.make_aware(datetime.combine(monday, time.min))


def running(person: Person) -> models.QuerySet[TicketClock]:
    """Every clock that runs, of what this person sees; the first to end first."""
    rows: models.QuerySet[TicketClock] = TicketClock.objects.filter(
        municipality__in=Municipality.objects.visible_to(person),
        ticket__status__in=OPEN,
        stopped_at=None,
        due_at__isnull=False,
    )
    return rows.select_related("ticket__municipality").order_by("due_at", "ticket", "place")


def too_late(person: Person, now: datetime) -> models.QuerySet[TicketClock]:
    return running(person).filter(due_at__lt=now)[: MOST + 1]


def before_tonight(person: Person, now: datetime) -> models.QuerySet[TicketClock]:
    """Those that end today."""
    return running(person).filter(due_at__gte=now, due_at__lt=end_of_day(now))[: MOST + 1]


def before_the_weekend_is_over(person: Person, now: datetime) -> models.QuerySet[TicketClock]:
    """Those that end later this week."""
    return running(person).filter(due_at__gte=end_of_day(now), due_at__lt=end_of_week(now))[: MOST + 1]
