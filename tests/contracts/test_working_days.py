"""Working days: no weekends, no holidays of the law; a term ends at midnight in Amsterdam."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from contracts.working_days import end_of_term, holidays, is_working_day, working_days_until


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 27), True),
        (date(2026, 11, 28), False),
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),
        (date(2026, 4, 27), False),
        (date(2026, 5, 14), False),
        (date(2026, 5, 25), False),
        (date(2026, 12, 25), False),
        (date(2026, 12, 31), True),
    ],
)
def test_a_day_is_worked_or_not(day: date, *, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2026, 11, 26), 0),
        (date(2026, 11, 20), 0),
        (date(2026, 11, 27), 1),
        (date(2026, 11, 29), 1),
        (date(2026, 11, 30), 2),
    ],
)
def test_days_that_are_worked_until_a_day_are_counted(day: date, count: int) -> None:
    assert working_days_until(date(2026, 11, 26), day) == count


def test_the_kings_day_moves_from_a_sunday() -> None:
    assert date(2031, 4, 26) in holidays(2031)
    assert date(2031, 4, 27) not in holidays(2031)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (datetime(2026, 11, 26, 9, tzinfo=UTC), datetime(2026, 12, 3, 23, tzinfo=UTC)),
        (datetime(2026, 11, 26, 23, 30, tzinfo=UTC), datetime(2026, 12, 4, 23, tzinfo=UTC)),  # the 27th here
        (datetime(2026, 12, 23, 9, tzinfo=UTC), datetime(2026, 12, 31, 23, tzinfo=UTC)),
    ],
)
def test_five_working_days_end_at_midnight_here(since: datetime, until: datetime) -> None:
    assert end_of_term(since, 5) == until
