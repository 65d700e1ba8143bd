"""The reports of a municipality as they stood at the end of a period, from what happened to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from contracts.clocks import ENDS_WAITING, WAITS, Event, TermsAt, as_corrected, clocks
from contracts.running import Clock, Happening
from contracts.terms import CalendarNotYet
from contracts.working_time import NeverDueError
from helpdesk.models import Ticket
from helpdesk.storing import ReadOnce, as_clocks_know_them, levels_of
from service_reports.calculating import Period
from service_reports.figures import TicketFigures

AT_A_TIME = 200
ENDS = {Happening.SOLVED, Happening.WITHDRAWN}


def tickets_in(municipality: int, period: Period, organisation: int) -> list[TicketFigures]:
    """All that were not over before it began: one that was, decides nothing in it any more.

    Of the clocks those that this vendor owed: what it handed over, or was handed, has others beside.
    """
    read = ReadOnce()
    return [_figures(ticket, read, period, organisation) for ticket in _standing(municipality, period)]


def _standing(municipality: int, period: Period) -> Iterator[Ticket]:
    ends_later = Q(closed_at__isnull=True) | Q(closed_at__gte=period.start)
    rows: QuerySet[Ticket] = Ticket.objects.filter(
        ends_later, municipality=municipality, opened_at__lt=period.end
    )
    found = rows.select_related("service_level_version__level").order_by("pk")
    found = found.prefetch_related("events__former_level__level")
    return found.iterator(chunk_size=AT_A_TIME)


def _figures(ticket: Ticket, read: ReadOnce, period: Period, organisation: int) -> TicketFigures:
    events = list(ticket.events.all())
    told = as_clocks_know_them(events, ticket.service_level_version, read)
    happened = as_corrected(told.events)
    is_open, waits, solved_at = standing_at(happened, period.end)
    owners = [
        level and level.level.organisation_id for level in levels_of(events, ticket.service_level_version)
    ]
    return TicketFigures(
        number=ticket.number,
        reported_at=ticket.opened_at,
        solved_at=solved_at,
        is_open=is_open,
        waits=waits,
        clocks=[
            clock
            for clock in _clocks(happened, told.terms, period.end)
            if owners[clock.stint] == organisation
        ],
    )


def standing_at(happened: Iterable[Event], end: datetime) -> tuple[bool, bool, datetime | None]:
    """Whether it was open, whether it waited for somebody else, and when it was solved."""
    is_open, waits, solved_at = True, False, None
    for event in sorted(happened, key=lambda each: each.at):
        if event.at >= end:
            break
        if event.what in WAITS:
            waits = True
        elif event.what in ENDS_WAITING:
            waits = False
        if event.what is Happening.DISPUTED:
            is_open, solved_at = True, None
        elif event.what in ENDS:
            is_open = False
        if event.what is Happening.SOLVED:
            solved_at = event.at
    return is_open, waits, solved_at


def _clocks(happened: Sequence[Event], terms: TermsAt, end: datetime) -> list[Clock]:
    """None where what was agreed cannot be counted."""
    try:
        return clocks(happened, terms, now=end)
    except (CalendarNotYet, NeverDueError):
        return []
