"""The clocks of a report as they are stored, to sort and to count by.

They follow from its events by the one pure function. Who does something to a report writes them down again in
the same transaction; what a page explains is worked out anew, from the same events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from contracts.clocks import Event, TermsAt, clocks, nothing_agreed
from contracts.models import ServiceLevelVersion
from contracts.running import Clock, Happening
from contracts.terms import CalendarNotYet, terms_of
from contracts.working_time import NeverDueError
from helpdesk.models import Ticket, TicketClock, TicketEvent, Warned
from helpdesk.words import HAPPENS, OVER, What
from tenants.registry.context import require_public

LATE_PERCENT = 100
TermsOf = Callable[[ServiceLevelVersion], TermsAt]


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of TicketClock, but for which report it is of."""

    place: int
    kind: str
    priority: str
    outcome: str
    target_seconds: int
    used_seconds: int
    paused_seconds: int
    started_at: datetime
    stopped_at: datetime | None
    due_at: datetime | None
    warns_at: list[datetime]
    next_warning_at: datetime | None


class ReadOnce:
    """As terms_of, where many reports have the same few levels: each is read one time."""

    def __init__(self) -> None:
        self.known: dict[int, TermsAt] = {}

    def __call__(self, version: ServiceLevelVersion) -> TermsAt:
        if version.pk not in self.known:
            self.known[version.pk] = terms_of(version)
        return self.known[version.pk]


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to a report as clocks know it, and what was agreed when it began."""

    events: list[Event]
    terms: TermsAt


def levels_of(
    events: Iterable[TicketEvent], version: ServiceLevelVersion | None
) -> list[ServiceLevelVersion | None]:
    """What was agreed with each vendor that had it, in order; ``version`` is of who has it now."""
    return [*(each.former_level for each in _moves(events)), version]


def as_clocks_know_them(
    events: Sequence[TicketEvent], version: ServiceLevelVersion | None, read: TermsOf = terms_of
) -> Told:
    """``read`` may keep what it read."""
    first, *later = [_terms(level, read) for level in levels_of(events, version)]
    follows = {move.pk: terms for move, terms in zip(_moves(events), later, strict=True)}
    known = [
        _as_clocks_know_it(event, what, follows.get(event.pk, nothing_agreed))
        for event in events
        if (what := HAPPENS.get(event.what)) is not None
    ]
    return Told(known, first)


def clocks_of(
    events: Iterable[TicketEvent],
    version: ServiceLevelVersion | None,
    *,
    now: datetime,
    read: TermsOf = terms_of,
) -> list[Clock]:
    """None at all where nothing is agreed, or where what is agreed cannot be counted by its calendars.

    A report is taken in whatever somebody published.
    """
    told = as_clocks_know_them(list(events), version, read)
    try:
        return clocks(told.events, told.terms, now=now)
    except (CalendarNotYet, NeverDueError):
        return []


def stint_of(events: Iterable[TicketEvent]) -> int:
    """How often it went to another vendor: the stint of the clocks of now."""
    return len(_moves(events))


def _moves(events: Iterable[TicketEvent]) -> list[TicketEvent]:
    return sorted((each for each in events if each.what == What.MOVED), key=lambda each: (each.at, each.pk))


def _terms(level: ServiceLevelVersion | None, read: TermsOf) -> TermsAt:
    return nothing_agreed if level is None else read(level)


def _as_clocks_know_it(event: TicketEvent, what: Happening, terms: TermsAt) -> Event:
    tells_priority = event.what in {What.RECEIVED, What.OPENED, What.PRIORITY}
    return Event(
        at=event.at,
        what=what,
        priority=event.after if tells_priority else "",
        key=str(event.pk),
        corrects=str(event.corrects_id or ""),
        terms=terms,
    )


def rows_of(found: Sequence[Clock], told: Iterable[Warned] = ()) -> list[Stored]:
    """As they are written; ``told`` is what somebody was warned of already."""
    parts: dict[tuple[str, datetime], set[int]] = {}
    for each in told:
        parts.setdefault((each.kind, each.started_at), set()).add(each.percent)
    return [
        Stored(
            place=place,
            kind=clock.kind.value,
            priority=clock.priority,
            outcome=clock.outcome.value,
            target_seconds=clock.seconds,
            used_seconds=clock.used,
            paused_seconds=clock.paused,
            started_at=clock.start,
            stopped_at=clock.stopped,
            due_at=clock.due,
            warns_at=[moment for _percent, moment in clock.warnings],
            next_warning_at=next_warning(clock, parts.get((clock.kind.value, clock.start), set())),
        )
        for place, clock in enumerate(found)
    ]


def next_warning(clock: Clock, told: set[int]) -> datetime | None:
    """The first part of its time that nobody was told of; its end is one, and what stopped warns no more."""
    if clock.stopped is not None:
        return None
    end = [] if clock.due is None else [(LATE_PERCENT, clock.due)]
    known = max(told, default=0)
    return next((moment for percent, moment in [*clock.warnings, *end] if percent > known), None)


def first_due(rows: Iterable[Stored]) -> tuple[datetime | None, str]:
    """When something is due next, and what; nothing while all that is open stands still."""
    due = [(each.due_at, each.place, each.kind) for each in rows if each.stopped_at is None and each.due_at]
    if not due:
        return None, ""
    moment, _place, kind = min(due)
    return moment, kind


def store_clocks(ticket: Ticket, now: datetime, read: TermsOf = terms_of) -> list[Clock]:
    """Write them down for a report that is locked, with when it is due next; in public, in a transaction."""
    require_public()
    events = ticket.events.select_related("former_level")
    found = clocks_of(events, ticket.service_level_version, now=now, read=read)
    rows = rows_of(found, ticket.warned.all())
    TicketClock.objects.filter(ticket=ticket).delete()
    TicketClock.objects.bulk_create(
        TicketClock(ticket=ticket, municipality_id=ticket.municipality_id, **asdict(each)) for each in rows
    )
    ticket.next_due_at, ticket.next_due_kind = (None, "") if ticket.status in OVER else first_due(rows)
    ticket.save(update_fields=["next_due_at", "next_due_kind"])
    return found


def as_json(rows: Iterable[Stored]) -> list[dict[str, Any]]:
    """For a function of the door: moments as text."""

    def plain(value: object) -> object:
        if isinstance(value, datetime):
            return value.isoformat()
        return [plain(each) for each in value] if isinstance(value, list) else value

    return [{name: plain(value) for name, value in asdict(each).items()} for each in rows]
