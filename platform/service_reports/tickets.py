"""The reports of a municipality as they stood at the end of a period, from what happened to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from contracts.clocks import ENDS_WAITING, WAITS, Event, TermsAt, as_corrected, clocks
from contracts.models import ServiceLevelVersion
from contracts.running import Clock, Happening
from contracts.terms import CalendarNotYet, terms_of
from contracts.working_time import NeverDueError
from helpdesk.models import Ticket
from helpdesk.storing import as_clocks_know_it
from service_reports.calculating import Period
from service_reports.figures import TicketFigures

AT_A_TIME = 200
ENDS = {Happening.SOLVED, Happening.WITHDRAWN}


def tickets_in(municipality: int, period: Period) -> list[TicketFigures]:
    """All that were not over before it began: one that was, decides nothing in it any more."""
    agreed: dict[int, TermsAt] = {}
    return [_figures(ticket, agreed, period) for ticket in _standing(municipality, period)]


def _standing(municipality: int, period: Period) -> Iterator[Ticket]:
    ends_later = Q(closed_at__isnull=True) | Q(closed_at__gte=period.start)
    rows: QuerySet[Ticket] = Ticket.objects.filter(
        ends_later, municipality=municipality, opened_at__lt=period.end
    )
    found = rows.select_related("service_level_version").prefetch_related("events").order_by("pk")
    return found.iterator(chunk_size=AT_A_TIME)


def _figures(ticket: Ticket, agreed: dict[int, TermsAt], period: Period) -> TicketFigures:
    known = [found for event in ticket.events.all() if (found := as_clocks_know_it(event)) is not None]
    happened = as_corrected(known)
    is_open, waits, solved_at = standing_at(happened, period.end)
    return TicketFigures(
        number=ticket.number,
        reported_at=ticket.opened_at,
        solved_at=solved_at,
        is_open=is_open,
        waits=waits,
        clocks=_clocks(happened, ticket.service_level_version, agreed, period.end),
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


def _clocks(
    happened: Sequence[Event],
    version: ServiceLevelVersion | None,
    agreed: dict[int, TermsAt],
    end: datetime,
) -> list[Clock]:
    """None where nothing was agreed. ``agreed`` keeps what was read of each version."""
    if version is None:
        return []
    if version.pk not in agreed:
        agreed[version.pk] = terms_of(version)
    try:
        return clocks(happened, agreed[version.pk], now=end)
    except (CalendarNotYet, NeverDueError):
        return []
