"""Working time to the minute, and what holds for any hours and any moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.working_time import Hours, NeverDueError, Slice, due_at, moment_of, slices, working_seconds

HERE = ZoneInfo("Europe/Amsterdam")
OFFICE = ((7 * 60, 18 * 60),)
KINGS_DAY, LIBERATION = date(2026, 4, 27), date(2025, 5, 5)
OFFICE_HOURS = Hours(HERE, week=(*(OFFICE,) * 5, (), ()), days={KINGS_DAY: ()})
LIBERATED = Hours(HERE, week=(*(OFFICE,) * 5, (), ()), days={LIBERATION: ()})
ALWAYS = Hours(HERE, always=True)
NEVER = Hours(HERE)
MINUTE, HOUR = 60, 3600


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("hours", "start", "seconds", "due"),
    [
        (OFFICE_HOURS, "2026-11-20 17:59", 2 * MINUTE, "2026-11-23 07:01"),
        (OFFICE_HOURS, "2026-11-21 12:00", 60 * MINUTE, "2026-11-23 08:00"),
        (ALWAYS, "2026-10-25 01:30", 4 * HOUR, "2026-10-25 04:30"),
        (ALWAYS, "2026-03-29 01:30", HOUR, "2026-03-29 03:30"),
        (OFFICE_HOURS, "2026-04-24 17:00", 2 * HOUR, "2026-04-28 08:00"),
        (LIBERATED, "2025-05-02 17:00", 2 * HOUR, "2025-05-06 08:00"),
        (OFFICE_HOURS, "2025-05-02 17:00", 2 * HOUR, "2025-05-05 08:00"),
        (OFFICE_HOURS, "2026-11-24 07:00", 11 * HOUR, "2026-11-24 18:00"),
        (OFFICE_HOURS, "2026-11-24 18:00", 1, "2026-11-25 07:00:01"),
        (OFFICE_HOURS, "2026-11-24 23:30", 0, "2026-11-24 23:30"),
        (OFFICE_HOURS, "2026-11-25 00:30", HOUR, "2026-11-25 08:00"),  # 23:30 of the day before in UTC
    ],
)
def test_it_is_due_at(hours: Hours, start: str, seconds: int, due: str) -> None:
    assert due_at(hours, at(start), seconds) == at(due).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "start", "end", "seconds"),
    [
        (OFFICE_HOURS, "2026-11-24 16:10", "2026-11-24 17:30", 80 * MINUTE),
        (OFFICE_HOURS, "2026-11-24 18:30", "2026-11-25 06:59", 0),
        (OFFICE_HOURS, "2026-11-24 07:00", "2026-11-24 07:00", 0),
        (OFFICE_HOURS, "2026-11-25 07:00", "2026-11-24 07:00", 0),
        (ALWAYS, "2026-10-25 00:00", "2026-10-26 00:00", 25 * HOUR),
        (ALWAYS, "2026-03-29 00:00", "2026-03-30 00:00", 23 * HOUR),
    ],
)
def test_so_much_of_it_lies_between(hours: Hours, start: str, end: str, seconds: int) -> None:
    assert working_seconds(hours, at(start), at(end)) == seconds


def test_a_day_until_midnight_loses_no_minute() -> None:
    whole = Hours(HERE, week=(((0, 24 * 60),),) * 7)

    found = list(slices(whole, at("2026-11-23 00:00"), at("2026-11-30 00:00")))

    assert found == [Slice(at("2026-11-23 00:00").astimezone(UTC), at("2026-11-30 00:00").astimezone(UTC))]


def test_what_never_comes_is_said() -> None:
    with pytest.raises(NeverDueError):
        due_at(NEVER, at("2026-11-24 07:00"), 1)


def test_a_time_that_the_clock_jumps_over_is_the_moment_of_the_jump() -> None:
    assert moment_of(date(2026, 3, 29), 2 * 60 + 30, HERE) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    assert moment_of(date(2026, 10, 25), 2 * 60 + 30, HERE) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_spans_at_the_jump_do_not_overlap() -> None:
    night = Hours(HERE, week=(((60, 150), (150, 165), (165, 240)),) * 7)
    assert working_seconds(night, at("2026-03-29 00:00"), at("2026-03-30 00:00")) == 2 * HOUR


# For any hours and moments ------------------------------------------------------------------------

MOMENTS = st.integers(0, 2 * 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@st.composite
def any_hours(draw: st.DrawFn) -> Hours:
    """With work on every Monday at least."""

    def spans(edges: set[int]) -> tuple[tuple[int, int], ...]:
        ordered = sorted(edges)
        return tuple(zip(ordered[::2], ordered[1::2], strict=False))

    some = st.sets(st.integers(0, 24 * 60), max_size=6).map(spans)
    monday = ((draw(st.integers(0, 700)), draw(st.integers(701, 1440))),)
    week = (monday, *(draw(some) for _ in range(6)))
    days = draw(st.dictionaries(st.dates(date(2026, 1, 1), date(2027, 12, 31)), some, max_size=5))
    return Hours(HERE, always=draw(st.booleans()), week=week, days=days)


@settings(deadline=None)
@given(any_hours(), MOMENTS, st.integers(0, 200 * HOUR))
def test_until_it_is_due_so_much_has_passed(hours: Hours, start: datetime, seconds: int) -> None:
    assert working_seconds(hours, start, due_at(hours, start, seconds)) == seconds


@settings(deadline=None)
@given(any_hours(), MOMENTS, st.integers(0, 200 * HOUR), st.integers(0, 200 * HOUR))
def test_more_work_is_never_due_earlier(hours: Hours, start: datetime, one: int, more: int) -> None:
    assert due_at(hours, start, one) <= due_at(hours, start, one + more)


@settings(deadline=None)
@given(any_hours(), st.tuples(MOMENTS, MOMENTS, MOMENTS).map(sorted))
def test_working_time_adds_up(hours: Hours, moments: list[datetime]) -> None:
    first, between, last = moments
    parts = working_seconds(hours, first, between) + working_seconds(hours, between, last)
    assert parts == working_seconds(hours, first, last)
