"""What is going to be too late: the clocks that end today or this week if nobody does anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import ngettext

from helpdesk.models import TicketClock
from helpdesk.time_left import end_of_day
from helpdesk.words import OPEN
from screens.formats import day_of
from tenants.accounts.person import Person
from tenants.registry.models import Municipality

DAYS_OF_A_WEEK = 7
MOST = 50
"""As many of each are shown as anybody looks at from here; the queue has them all."""


@dataclass(frozen=True, slots=True)
class Coming:
    """How many clocks are too late, how many end before tonight, and how many later this week."""

    late: int
    today: int
    week: int


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


def too_late(now: datetime) -> Q:
    return Q(due_at__lt=now)


def before_tonight(now: datetime) -> Q:
    """Those that end today."""
    return Q(due_at__gte=now, due_at__lt=end_of_day(now))


def before_the_weekend_is_over(now: datetime) -> Q:
    """Those that end later this week."""
    return Q(due_at__gte=end_of_day(now), due_at__lt=end_of_week(now))


def coming(person: Person, now: datetime) -> Coming:
    """By one statement, of what this person sees: the home page and the forecast tell the same."""
    rows = running(person).filter(due_at__lt=max(end_of_week(now), end_of_day(now))).order_by()
    found: dict[str, int] = rows.aggregate(
        late=Count("pk", filter=too_late(now)),
        today=Count("pk", filter=before_tonight(now)),
        week=Count("pk", filter=before_the_weekend_is_over(now)),
    )
    return Coming(**found)


def late_in_words(count: int) -> str:
    """After the number, on the home page; and after it as the heading of what it counts."""
    return ngettext("klok te laat", "klokken te laat", count)


def today_in_words(count: int) -> str:
    return ngettext("klok loopt vandaag af", "klokken lopen vandaag af", count)


def week_in_words(count: int) -> str:
    return ngettext("klok loopt later deze week af", "klokken lopen later deze week af", count)
