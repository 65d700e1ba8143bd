"""The queue: which report first, by the time that is left of what is due next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from django.db.models import BooleanField, Count, ExpressionWrapper, Prefetch, Q
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from contracts.running import ClockKind
from helpdesk.models import Ticket, TicketClock, TicketQuerySet
from helpdesk.time_left import due_at, end_of_day
from helpdesk.words import OURS, OVER, Status
from screens.due import FULL_PERCENT, Due, DueKind
from screens.formats import near, number
from tenants.accounts.person import Person

PARTS_OF_TIME = (50, 75, 90)
"""Per cent of a target, at the moments that are stored with a clock."""


MOST_OF_TODAY = 11


class Part(StrEnum):
    """Who has the ball. Each is a list with an address of its own; those that wait are never out of sight."""

    OURS = "aan-zet"
    REPORTER = "wacht-op-melder"
    THIRD = "wacht-op-derde"
    PLANNED = "gepland"
    SOLVED = "opgelost"
    OVER = "gesloten"


STATES: Mapping[Part, tuple[Status, ...]] = {
    Part.OURS: OURS,
    Part.REPORTER: (Status.WACHT_OP_MELDER,),
    Part.THIRD: (Status.WACHT_OP_DERDE,),
    Part.PLANNED: (Status.GEPLAND,),
    Part.SOLVED: (Status.OPGELOST,),
    Part.OVER: OVER,
}
WORDS: Mapping[Part, Promise] = {
    Part.OURS: _("Wij zijn aan zet"),
    Part.REPORTER: _("Wacht op melder"),
    Part.THIRD: _("Wacht op derde"),
    Part.PLANNED: _("Gepland"),
    Part.SOLVED: _("Opgelost, nog niet gesloten"),
    Part.OVER: _("Gesloten"),
}


class Group(StrEnum):
    LATE = "te laat"
    TODAY = "vandaag"
    LATER = "later"


GROUPS: Mapping[Group, Promise] = {
    Group.LATE: _("Te laat"),
    Group.TODAY: _("Vandaag"),
    Group.LATER: _("Later"),
}


def rows_for(person: Person) -> TicketQuerySet:
    """What one sees, as a list shows it: with the clocks that are open."""
    is_own = ExpressionWrapper(Q(owner=person.user.pk), output_field=BooleanField())
    rows: TicketQuerySet = (
        Ticket.objects.visible_to(person)
        .select_related("municipality")
        .annotate(is_own=is_own)
        .prefetch_related(Prefetch("clocks", TicketClock.objects.filter(stopped_at=None), "open_clocks"))
    )
    return rows


def counts_for(person: Person) -> dict[Part, int]:
    """Of each part, by one statement."""
    by_status = dict(
        Ticket.objects.visible_to(person)
        .order_by()
        .values_list("status")
        .annotate(count=Count("pk"))
        .values_list("status", "count")
    )
    return {part: sum(by_status.get(status, 0) for status in STATES[part]) for part in Part}


def needs_somebody(person: Person, now: datetime) -> Sequence[Ticket]:
    """What this person has and what nobody has, as far as it is due today; the least time left first."""
    rows = rows_for(person).filter(Q(owner=person.user.pk) | Q(owner=None), status__in=OURS)
    return list(rows.filter(next_due_at__lt=end_of_day(now)).order_by("next_due_at", "pk")[:MOST_OF_TODAY])


def counts_of_groups(rows: TicketQuerySet, now: datetime) -> dict[Group, int]:
    """Of the rows as they are filtered."""
    late = Q(next_due_at__lt=now)
    today = Q(next_due_at__gte=now, next_due_at__lt=end_of_day(now))
    found: dict[str, int] = rows.order_by().aggregate(
        late=Count("pk", filter=late), today=Count("pk", filter=today), all=Count("pk")
    )
    return {
        Group.LATE: found["late"],
        Group.TODAY: found["today"],
        Group.LATER: found["all"] - found["late"] - found["today"],
    }


def group_of(ticket: Ticket, now: datetime) -> Group:
    due = ticket.next_due_at
    if due is None:
        return Group.LATER
    if due < now:
        return Group.LATE
    return Group.TODAY if due < end_of_day(now) else Group.LATER


def due_of(ticket: Ticket, clock: TicketClock | None, now: datetime) -> Due:
    """How much time is left of what is due next, for a list."""
    if ticket.next_due_at is None or clock is None:
        return Due(DueKind.STILL, _without_time(ticket, now))
    return due_at(ticket.next_due_at, used_percent(clock, now), now)


def _without_time(ticket: Ticket, now: datetime) -> str:
    if ticket.planned_label:
        return ticket.planned_label
    if ticket.planned_for is not None:
        return near(ticket.planned_for, now)
    if ticket.service_level_version_id is None:
        return gettext("geen beloofde tijd")
    return gettext("staat stil") if ticket.status not in OVER else gettext("geen klok loopt")


def next_clock(ticket: Ticket) -> TicketClock | None:
    """Of a row of ``rows_for``: the one that is due first."""
    return next(
        (
            clock
            for clock in ticket.open_clocks  # type: ignore[attr-defined]  # prefetched so
            if clock.due_at == ticket.next_due_at and clock.kind == ticket.next_due_kind
        ),
        None,
    )


def used_percent(clock: TicketClock, now: datetime) -> float:
    """Of its working time, between the moments that are stored with it, as a bar shows it."""
    if clock.due_at is None:
        return 100 * clock.used_seconds / clock.target_seconds if clock.target_seconds else FULL_PERCENT
    known = [
        (0, clock.started_at),
        *zip(PARTS_OF_TIME, clock.warns_at, strict=False),
        (FULL_PERCENT, clock.due_at),
    ]
    for (low, since), (high, until) in pairwise(known):
        if now < until:
            return low + (high - low) * max((now - since) / (until - since), 0)
    return FULL_PERCENT


def clock_in_words(ticket: Ticket) -> str:
    """Which clock is due first; what is planned says so."""
    if ticket.next_due_kind:
        return str(ClockKind(ticket.next_due_kind).label)
    return gettext("Gepland in") if ticket.planned_label or ticket.planned_for else ""


def counted(group: Group, count: int) -> str:
    words = ngettext("%(group)s, %(count)s melding", "%(group)s, %(count)s meldingen", count)
    return words % {"group": GROUPS[group], "count": number(count)}
