"""The reports of a municipality as they stood at the end of a period, from what happened to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from contracts.clocks import ENDS_WAITING, WAITS, TermsAt, as_corrected, clocks
from contracts.models import ServiceLevelVersion
from contracts.running import Clock, Happening
from contracts.terms import CalendarNotYet, terms_of
from contracts.working_time import NeverDueError
from helpdesk.models import Ticket, TicketEvent
from helpdesk.storing import as_clocks_know_it
from helpdesk.words import What
from service_reports.calculating import Period
from service_reports.figures import TicketFigures

AT_A_TIME = 200
ENDS = {What.SOLVED, What.CLOSED, What.WITHDRAWN, What.MERGED}
WAITING = {each.value for each in WAITS}
GOES_ON = {each.value for each in ENDS_WAITING}


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
    events = sorted(ticket.events.all(), key=lambda each: (each.at, each.pk))
    is_open, waits, solved_at = _standing_at(events, period.end)
    return TicketFigures(
        number=ticket.number,
        reported_at=ticket.opened_at,
        solved_at=solved_at,
        is_open=is_open,
        waits=waits,
        clocks=_clocks(events, ticket.service_level_version, agreed, period.end),
    )


def _standing_at(events: Iterable[TicketEvent], end: datetime) -> tuple[bool, bool, datetime | None]:
    """Whether it was open, whether it waited for somebody else, and when it was solved."""
    is_open, waits, solved_at = True, False, None
    for event in events:
        if event.at >= end:
            break
        if event.what in WAITING:
            waits = True
        elif event.what in GOES_ON:
            waits = False
        if event.what == What.DISPUTED:
            is_open, solved_at = True, None
        elif event.what in ENDS:
            is_open = False
        if event.what == Happening.SOLVED.value:
            solved_at = event.at
    return is_open, waits, solved_at


def _clocks(
    events: Iterable[TicketEvent],
    version: ServiceLevelVersion | None,
    agreed: dict[int, TermsAt],
    end: datetime,
) -> list[Clock]:
    """None where nothing was agreed. What was corrected since then counts as corrected.

    ``agreed`` keeps what was read of each version.
    """
    if version is None:
        return []
    if version.pk not in agreed:
        agreed[version.pk] = terms_of(version)
    known = [found for event in events if (found := as_clocks_know_it(event)) is not None]
    try:
        return clocks(as_corrected(known), agreed[version.pk], now=end)
    except (CalendarNotYet, NeverDueError):
        return []
