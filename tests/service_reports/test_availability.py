"""Minutes that were up, down or not measured, and what share follows from them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.working_time import Hours, Slice, slices
from service_reports.availability import (
    Availability,
    DayCount,
    availability,
    share_of,
    shown_percent,
)
from service_reports.models.minutes import Measured

HERE = ZoneInfo("Europe/Amsterdam")
ALWAYS = Hours(HERE, always=True)
OFFICE = Hours(HERE, week=(*(((7 * 60, 18 * 60),),) * 5, (), ()))
UP, DOWN, GAP = "u" * 60, "d" * 60, "." * 60
NOTHING_PLANNED: list[Slice] = []


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def all_of(start: datetime, end: datetime, letters: str = UP) -> dict[datetime, str]:
    """Every hour of the period, in UTC."""
    first = start.astimezone(UTC)
    count = int((end - first) / timedelta(hours=1))
    return {first + timedelta(hours=each): letters for each in range(count)}


def counted(
    hours: dict[datetime, str],
    start: str,
    end: str,
    calendar: Hours = ALWAYS,
    planned: list[Slice] | None = None,
) -> Availability:
    window = slices(calendar, at(start), at(end))
    return availability(hours, window, planned or NOTHING_PLANNED, HERE)


def test_a_minute_that_nobody_measured_is_a_gap_and_never_up() -> None:
    found = counted({}, "2026-11-02", "2026-11-03")

    assert (found.up, found.down, found.gaps) == (0, 0, 1440)
    assert found.percent is None
    assert not found.is_proven


def test_the_share_is_over_what_was_measured() -> None:
    hours = {at("2026-11-02 09:00").astimezone(UTC): "u" * 30 + "d" * 10 + "." * 20}

    found = counted(hours, "2026-11-02 09:00", "2026-11-02 10:00")

    assert (found.up, found.down, found.gaps, found.percent) == (30, 10, 20, Fraction(75))


def test_a_minute_of_failing_requests_is_down() -> None:
    hours = {at("2026-11-02 09:00").astimezone(UTC): "f" + "u" * 59}

    assert counted(hours, "2026-11-02 09:00", "2026-11-02 10:00").down == 1


def test_what_lies_outside_the_calendar_does_not_count() -> None:
    """A Friday and a Saturday; down from 17:59 on Friday."""
    start, end = at("2026-11-06"), at("2026-11-08")
    hours = all_of(start, end, DOWN)
    for hour in range(24):
        hours[(at("2026-11-06") + timedelta(hours=hour)).astimezone(UTC)] = UP
    hours[at("2026-11-06 17:00").astimezone(UTC)] = "u" * 59 + "d"

    found = counted(hours, "2026-11-06", "2026-11-08", OFFICE)

    assert found.days == (DayCount(date(2026, 11, 6), up=11 * 60 - 1, down=1),)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-10-01", "2026-11-01", 31 * 1440 + 60),
        ("2026-03-01", "2026-04-01", 31 * 1440 - 60),
        ("2026-02-01", "2026-03-01", 28 * 1440),
    ],
)
def test_a_month_in_which_the_clock_changes_has_the_minutes_that_it_has(
    start: str, end: str, minutes: int
) -> None:
    found = counted(all_of(at(start), at(end)), start, end)

    assert (found.up, found.down, found.gaps) == (minutes, 0, 0)


def test_the_hour_that_comes_twice_counts_twice() -> None:
    """The night of 25 October: 02:00-03:00 in summer time is down, in winter time up."""
    hours = all_of(at("2026-10-25"), at("2026-10-26"))
    hours[datetime(2026, 10, 25, 0, tzinfo=UTC)] = DOWN

    found = counted(hours, "2026-10-25", "2026-10-26")

    assert found.days == (DayCount(date(2026, 10, 25), up=24 * 60, down=60),)


def test_a_minute_at_half_past_eleven_in_utc_is_of_the_next_day() -> None:
    hours = {datetime(2026, 11, 2, 23, tzinfo=UTC): "." * 30 + "d" + "." * 29}

    found = counted(hours, "2026-11-02", "2026-11-04")

    assert [(each.day, each.down) for each in found.days] == [(date(2026, 11, 2), 0), (date(2026, 11, 3), 1)]


def test_planned_maintenance_is_neither_down_nor_a_gap() -> None:
    hours = {at("2026-11-02 09:00").astimezone(UTC): "u" * 30 + "d" * 20 + "." * 10}
    planned = [Slice(at("2026-11-02 09:30"), at("2026-11-02 10:00"))]

    found = counted(hours, "2026-11-02 09:00", "2026-11-02 10:00", planned=planned)

    assert (found.up, found.down, found.gaps, found.maintained) == (30, 0, 0, 30)
    assert found.percent == 100


def test_maintenance_leaves_from_its_first_minute_until_its_end() -> None:
    hours = {at("2026-11-02 09:00").astimezone(UTC): DOWN}
    planned = [Slice(at("2026-11-02 09:10"), at("2026-11-02 09:20"))]

    found = counted(hours, "2026-11-02 09:09", "2026-11-02 09:21", planned=planned)

    assert (found.down, found.maintained) == (2, 10)


@pytest.mark.parametrize(("gaps", "proven"), [(5, True), (6, False)])
def test_with_more_gaps_than_one_in_twenty_nothing_is_proven(gaps: int, proven: bool) -> None:
    found = Availability((DayCount(date(2026, 11, 2), up=100 - gaps, gaps=gaps),))

    assert found.is_proven is proven


def test_a_share_is_shown_downwards() -> None:
    assert shown_percent(Fraction(99_999, 1000)) == Decimal("99.99")
    assert shown_percent(Fraction(995, 10)) == Decimal("99.50")


letters = st.text(alphabet=[each.value for each in Measured], min_size=60, max_size=60)


@given(st.lists(letters, min_size=1, max_size=48))
def test_every_minute_counts_once(measured: list[str]) -> None:
    start = datetime(2026, 10, 24, 12, tzinfo=UTC)
    hours = {start + timedelta(hours=place): each for place, each in enumerate(measured)}
    window = slices(ALWAYS, start, start + timedelta(hours=len(measured)))

    found = availability(hours, window, NOTHING_PLANNED, HERE)

    together = "".join(measured)
    assert found.up == together.count("u")
    assert found.down == together.count("d") + together.count("f")
    assert found.gaps == together.count(".")


@given(st.integers(0, 50_000), st.integers(0, 50_000))
def test_a_share_lies_between_nothing_and_all(up: int, down: int) -> None:
    share = share_of(up, down)

    assert (share is None) is (up + down == 0)
    assert share is None or 0 <= share <= 100
