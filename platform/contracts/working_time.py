"""Working time: how much of it lies between two moments, and when so much of it has passed.

Pure functions of hours and moments. Every clock counts by the same list of slices, whether it measures what
was used, what was paused or when something is due; lengths are summed in UTC, so that the nights on which the
clock is changed have the length that they have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

DAYS_OF_A_WEEK = 7
MINUTES_OF_A_DAY = 24 * 60
LONGEST = timedelta(days=3 * 366)
"""How far ahead is looked for a moment that may never come."""
A_DAY = timedelta(days=1)
A_SECOND = timedelta(seconds=1)
FINEST = timedelta(minutes=1)
"""No zone changes its clock at a part of a minute."""

Span = tuple[int, int]
"""Minutes of a day by the clock on the wall, [from, until); 24:00 is 1440."""


class NeverDueError(ValueError):
    """These hours do not hold so much working time within LONGEST."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When clocks run: the spans of each weekday, Monday first, and of the days that are exceptions.

    ``always`` is 24x7 and knows no exceptions. Spans of a day are in order and do not overlap.
    """

    zone: ZoneInfo
    always: bool = False
    week: tuple[tuple[Span, ...], ...] = ((),) * DAYS_OF_A_WEEK
    days: Mapping[date, tuple[Span, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def spans(self, day: date) -> tuple[Span, ...]:
        if self.always:
            return ((0, MINUTES_OF_A_DAY),)
        return self.days.get(day, self.week[day.weekday()])


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of working time without a gap, [start, end)."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end - self.start


def working_seconds(hours: Hours, start: datetime, end: datetime) -> int:
    """The working time in [start, end), in whole seconds; 0 where the end is not after the start."""
    return working_length(hours, start, end) // A_SECOND


def working_length(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """As working_seconds, to what a clock can tell: parts of a second add up over many pieces."""
    return sum((piece.length for piece in slices(hours, start, end)), timedelta())


def due_at(hours: Hours, start: datetime, seconds: int) -> datetime:
    """The first moment at which so much working time has passed since the start, which 0 is itself.

    Raises NeverDueError.
    """
    return due_after(hours, start, timedelta(seconds=seconds))


def due_after(hours: Hours, start: datetime, left: timedelta) -> datetime:
    """As due_at."""
    if left <= timedelta():
        return start.astimezone(UTC)
    # piece by piece: where day and night count, a slice without a gap would be as long as is looked ahead
    for piece in _pieces(hours, start.astimezone(UTC), start.astimezone(UTC) + LONGEST):
        if left <= piece.length:
            return piece.start + left
        left -= piece.length
    raise NeverDueError


def slices(hours: Hours, start: datetime, end: datetime) -> Iterator[Slice]:
    """The working time in [start, end), in order and in UTC; what touches is one slice."""
    held: Slice | None = None
    for piece in _pieces(hours, start.astimezone(UTC), end.astimezone(UTC)):
        if held is not None and held.end == piece.start:
            held = Slice(held.start, piece.end)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _pieces(hours: Hours, start: datetime, end: datetime) -> Iterator[Slice]:
    """Day by day, as the calendar has them."""
    if end <= start:
        return
    day, last = start.astimezone(hours.zone).date(), end.astimezone(hours.zone).date()
    while day <= last:
        for since, until in hours.spans(day):
            first = max(start, moment_of(day, since, hours.zone))
            behind = min(end, moment_of(day, until, hours.zone))
            if first < behind:
                yield Slice(first, behind)
        day += A_DAY


def moment_of(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The first moment at which the clock on the wall shows this time of this day, or has passed it."""
    wall = datetime.combine(day + timedelta(days=minute // MINUTES_OF_A_DAY), time()) + timedelta(
        minutes=minute % MINUTES_OF_A_DAY
    )
    late = wall.replace(tzinfo=zone).astimezone(UTC)
    if late.astimezone(zone).replace(tzinfo=None) == wall:
        return late
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    # The clock jumps over this time, so what is asked is the moment of the jump, somewhere between.
    while late - early > FINEST:
        middle = early + (late - early) // (2 * FINEST) * FINEST
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            early = middle
        else:
            late = middle
    return late
