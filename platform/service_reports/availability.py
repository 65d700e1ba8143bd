"""How much of a period a municipality was served: minutes that were up, down, or not measured.

Pure. A minute counts where the calendar of the service level has it, and planned maintenance leaves it. One
that nobody measured is a gap: it is never up, and the share is over what was measured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from contracts.working_time import Slice
from service_reports.models.minutes import UNMEASURED, Measured

MINUTE = timedelta(minutes=1)
MAINTAINED = "m"
MOST_GAPS = Fraction(5, 100)
"""Of the minutes that count; with more gaps than that nothing is proven."""
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class DayCount:
    """The minutes of one day that lie in the calendar."""

    day: date
    up: int = 0
    down: int = 0
    gaps: int = 0
    maintained: int = 0


@dataclass(frozen=True, slots=True)
class Availability:
    """By day, in order; a day on which nothing counts is left out."""

    days: tuple[DayCount, ...]

    @property
    def up(self) -> int:
        return sum(each.up for each in self.days)

    @property
    def down(self) -> int:
        return sum(each.down for each in self.days)

    @property
    def gaps(self) -> int:
        return sum(each.gaps for each in self.days)

    @property
    def maintained(self) -> int:
        return sum(each.maintained for each in self.days)

    @property
    def percent(self) -> Fraction | None:
        return share_of(self.up, self.down)

    @property
    def is_proven(self) -> bool:
        counted = self.up + self.down + self.gaps
        return self.percent is not None and self.gaps <= MOST_GAPS * counted


def share_of(up: int, down: int) -> Fraction | None:
    """In per cent, exactly; None where nothing was measured."""
    return Fraction(up * 100, up + down) if up + down else None


def shown_percent(exact: Fraction) -> Decimal:
    """To two decimals, downwards: what is below what was promised never looks as if it was kept."""
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(HUNDREDTH, rounding=ROUND_DOWN)


def availability(
    hours: Mapping[datetime, str], window: Iterable[Slice], maintenance: Iterable[Slice], zone: ZoneInfo
) -> Availability:
    """Of these hours, by their first moment in UTC; a day is one of this zone."""
    planned = {moment for piece in maintenance for moment in minutes_of(piece)}
    counts: dict[date, Counter[str]] = {}
    for piece in window:
        for moment in minutes_of(piece):
            day = counts.setdefault(moment.astimezone(zone).date(), Counter())
            day[MAINTAINED if moment in planned else letter_of(hours, moment)] += 1
    return Availability(tuple(_day(day, counts[day]) for day in sorted(counts)))


def minutes_of(piece: Slice) -> Iterator[datetime]:
    """Those that begin in it."""
    start = piece.start.astimezone(UTC)
    moment = start.replace(second=0, microsecond=0)
    if moment < start:
        moment += MINUTE
    while moment < piece.end:
        yield moment
        moment += MINUTE


def letter_of(hours: Mapping[datetime, str], moment: datetime) -> str:
    return hours.get(moment.replace(minute=0), UNMEASURED)[moment.minute]


def _day(day: date, letters: Counter[str]) -> DayCount:
    return DayCount(
        day=day,
        up=letters[Measured.UP],
        down=letters[Measured.DOWN] + letters[Measured.FAILING],
        gaps=letters[Measured.NOTHING],
        maintained=letters[MAINTAINED],
    )
