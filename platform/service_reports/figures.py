"""What a service report shows, as values: made once, kept as they are, and read for page, PDF and CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from contracts.running import Clock, ClockKind, Line
from service_reports.availability import Availability


@dataclass(frozen=True, slots=True)
class Step:
    """Below this availability, this part of the fee of a month; both in per cent."""

    below: Decimal
    part: Decimal


@dataclass(frozen=True, slots=True)
class Promise:
    """What of the contract the figures are held against. ``fee_cents`` is of the month."""

    contract: str
    level: str
    level_version: int
    window: str
    percent: Decimal
    steps: tuple[Step, ...]
    fee_cents: int


@dataclass(frozen=True, slots=True)
class TicketFigures:
    """A ticket as it stood at the end of the period; ``solved_at`` is of its last solution until then."""

    number: str
    reported_at: datetime
    solved_at: datetime | None
    is_open: bool
    waits: bool
    clocks: Sequence[Clock]


@dataclass(frozen=True, slots=True)
class Work:
    """Minutes that were booked in the period, and the balance at its end; None without prepaid hours."""

    booked: int = 0
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """How many clocks of one kind and priority ended in time, and how many did not."""

    priority: str
    kind: ClockKind
    met: int
    late: int


@dataclass(frozen=True, slots=True)
class Breach:
    """A clock that was too late, with why it was due when it was."""

    ticket: str
    kind: ClockKind
    priority: str
    agreed_seconds: int
    due: datetime
    done: datetime | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Credit:
    """What the vendor gives back, and by which step; none where the availability was kept."""

    cents: int = 0
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """``first`` and ``last`` are the days that the report is about, both included."""

    first: date
    last: date
    promise: Promise
    availability: Availability
    kept: tuple[Kept, ...]
    breaches: tuple[Breach, ...]
    reported: int
    solved: int
    still_open: int
    waiting: int
    work: Work
    credit: Credit

    @property
    def met(self) -> int:
        return sum(each.met for each in self.kept)

    @property
    def late(self) -> int:
        return sum(each.late for each in self.kept)
