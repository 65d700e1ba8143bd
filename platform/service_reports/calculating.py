"""From what was measured, reported and agreed to the figures of a month. Pure: the same again gives the same.

A clock counts once, in the period in which it was decided: when it was met, or when it became too late.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from contracts.running import Clock, ClockKind, Outcome
from service_reports.availability import Availability
from service_reports.figures import Breach, Credit, Figures, Kept, Promise, TicketFigures, Work

MONTHS_OF_A_YEAR = 12
KINDS = tuple(ClockKind)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, both included, and as moments [start, end): the same, but where reports came or went."""

    first: date
    last: date
    start: datetime
    end: datetime

    def holds(self, moment: datetime | None) -> bool:
        return moment is not None and self.start <= moment < self.end


def calculate(
    period: Period,
    *,
    availability: Availability,
    tickets: Sequence[TicketFigures],
    promise: Promise,
    work: Work,
) -> Figures:
    decided = [
        (ticket, clock) for ticket in tickets for clock in ticket.clocks if period.holds(decided_at(clock))
    ]
    return Figures(
        first=period.first,
        last=period.last,
        promise=promise,
        availability=availability,
        kept=tuple(_kept(clock for _, clock in decided)),
        breaches=tuple(_breaches(decided)),
        reported=sum(period.holds(each.reported_at) for each in tickets),
        solved=sum(period.holds(each.solved_at) for each in tickets),
        still_open=sum(each.is_open for each in tickets),
        waiting=sum(each.is_open and each.waits for each in tickets),
        work=work,
        credit=credit_of(availability, promise),
    )


def decided_at(clock: Clock) -> datetime | None:
    """When it was met or became too late; None as long as neither is so, or nothing is owed any more."""
    if clock.outcome is Outcome.MET:
        return clock.stopped
    return clock.due if clock.outcome is Outcome.LATE else None


def credit_of(availability: Availability, promise: Promise) -> Credit:
    """By the step that gives most of those below whose availability it was; exactly on a step is not below.

    Rounded to whole cents, half a cent up.
    """
    percent = availability.percent
    if percent is None:
        return Credit()
    reached = [step for step in promise.steps if percent < Fraction(step.below)]
    if not reached:
        return Credit()
    step = max(reached, key=lambda each: (each.part, -each.below))
    return Credit(rounded(Decimal(promise.fee_cents) * step.part / 100), step)


def fee_of(yearly_cents: int, period: Period, days_of_month: int, *, shared_by: int = 1) -> int:
    """A twelfth of a year, and of a month that the contract held in part as many days as it did.

    Of a fee for several environments each has an equal part. Rounded to whole cents once, half a cent up.
    """
    days = (period.last - period.first).days + 1
    return rounded(Decimal(yearly_cents) * days / (MONTHS_OF_A_YEAR * days_of_month * shared_by))


def rounded(cents: Decimal) -> int:
    return int(cents.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _kept(clocks: Iterable[Clock]) -> Iterator[Kept]:
    """By priority, and then in the order of the clocks."""
    counted: Counter[tuple[str, ClockKind, Outcome]] = Counter(
        (clock.priority, clock.kind, clock.outcome) for clock in clocks
    )
    seen = {(priority, kind) for priority, kind, _ in counted}
    for priority, kind in sorted(seen, key=lambda each: (each[0], KINDS.index(each[1]))):
        yield Kept(
            priority,
            kind,
            met=counted[priority, kind, Outcome.MET],
            late=counted[priority, kind, Outcome.LATE],
        )


def _breaches(decided: Iterable[tuple[TicketFigures, Clock]]) -> Iterator[Breach]:
    """In the order in which they happened."""
    late = [(ticket, clock) for ticket, clock in decided if clock.outcome is Outcome.LATE]
    for ticket, clock in sorted(late, key=lambda each: (_moment(each[1]), each[0].number)):
        yield Breach(
            ticket=ticket.number,
            kind=clock.kind,
            priority=clock.priority,
            agreed_seconds=clock.seconds,
            due=_moment(clock),
            done=clock.stopped,
            lines=clock.lines,
        )


def _moment(clock: Clock) -> datetime:
    """Of a clock that is too late, which was due once."""
    if clock.due is None:
        raise ValueError(clock.kind)
    return clock.due
