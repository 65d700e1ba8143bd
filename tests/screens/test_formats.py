from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from screens import formats

NOW = datetime(2026, 11, 25, 9, 42, tzinfo=UTC)  # a Wednesday, 10:42 in Amsterdam


def spaced(text: str) -> str:
    """With ordinary spaces where they do not break."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("figure", "shown"),
    [(0, "0"), (999, "999"), (1000, "1.000"), (1_204_551, "1.204.551"), (-1000, "−1.000")],
)
def test_a_number_has_dots(figure: int, shown: str) -> None:
    assert formats.number(figure) == shown


def test_decimals_round_half_up() -> None:
    assert formats.number(2.45, 1) == "2,5"


def test_large_counts_are_in_millions() -> None:
    assert formats.millions(5_849_999) == "5,8 mln"


@pytest.mark.parametrize(
    ("cents", "shown"),
    [(0, "€ 0,00"), (5, "€ 0,05"), (6_840_000, "€ 68.400,00"), (-8450, "−€ 84,50")],
)
def test_money_is_in_cents(cents: int, shown: str) -> None:
    assert spaced(formats.money(cents)) == shown


def test_a_percentage_has_a_space() -> None:
    assert formats.percent(99.97, 2) == "99,97\u00a0%"


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1,0 kB"),
        (9949, "9,9 kB"),
        (9950, "10 kB"),
        (212_400, "212 kB"),
        (999_499, "999 kB"),
        (999_500, "1,0 MB"),
        (1_800_000, "1,8 MB"),
        (10**18, "1.000 PB"),
    ],
)
def test_a_size_has_the_unit_that_fits(count: int, shown: str) -> None:
    assert spaced(formats.size(count)) == shown


def test_a_day_in_a_table() -> None:
    assert formats.day(date(2027, 12, 31)) == "31-12-2027"


def test_a_day_in_a_text() -> None:
    assert formats.long_day(date(2027, 12, 31)) == "31 december 2027"


def test_a_day_at_the_head_of_a_page() -> None:
    assert formats.full_day(NOW) == "Woensdag 25 november 2026"


def test_a_moment_is_on_the_day_in_amsterdam() -> None:
    assert formats.day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "01-01-2027"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 11, 25, 14, 25, tzinfo=UTC), "vandaag 15:25"),
        (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), "vandaag 00:00"),
        (datetime(2026, 11, 24, 22, 59, tzinfo=UTC), "gisteren 23:59"),
        (datetime(2026, 11, 25, 23, 30, tzinfo=UTC), "morgen 00:30"),
        (datetime(2026, 11, 19, 13, 5, tzinfo=UTC), "do 19 nov 14:05"),
        (datetime(2026, 11, 18, 13, 5, tzinfo=UTC), "18 nov 2026 14:05"),
        (datetime(2026, 12, 1, 13, 5, tzinfo=UTC), "di 1 dec 14:05"),
        (datetime(2026, 12, 2, 13, 5, tzinfo=UTC), "2 dec 2026 14:05"),
    ],
)
def test_a_moment_nearby_is_said_as_people_do(moment: datetime, shown: str) -> None:
    assert formats.near(moment, NOW) == shown


@pytest.mark.parametrize(
    ("left", "shown"),
    [
        (timedelta(0), "nu"),
        (timedelta(seconds=1), "nog 1 min"),
        (timedelta(minutes=18), "nog 18 min"),
        (timedelta(minutes=59, seconds=1), "nog 1 u"),
        (timedelta(minutes=98), "nog 1 u 38 min"),
        (timedelta(hours=24), "nog 24 u"),
        (timedelta(hours=47, minutes=59), "nog 47 u"),
        (timedelta(hours=48), "nog 2 dagen"),
        (timedelta(seconds=-1), "1 min te laat"),
        (timedelta(minutes=-35, seconds=-59), "35 min te laat"),
        (timedelta(days=-9), "9 dagen te laat"),
    ],
)
def test_what_remains_is_in_words(left: timedelta, shown: str) -> None:
    assert formats.remaining(NOW + left, NOW) == shown


@pytest.mark.parametrize(
    ("days", "shown"),
    [(0, "nog 0 werkdagen"), (1, "nog 1 werkdag"), (3, "nog 3 werkdagen"), (-2, "2 werkdagen te laat")],
)
def test_working_days_left(days: int, shown: str) -> None:
    assert formats.working_days_left(days) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0.31, "0,3 s"),
        (2.1, "2,1 s"),
        (10, "10 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (185, "3 min 5 s"),
        (3720, "1 u 2 min"),
    ],
)
def test_what_a_step_took(seconds: float, shown: str) -> None:
    assert formats.took(timedelta(seconds=seconds)) == shown


def test_english_has_its_own_forms() -> None:
    with override("en"):
        shown = [
            formats.number(1_204_551),
            spaced(formats.money(-8450)),
            formats.remaining(NOW + timedelta(minutes=98), NOW),
        ]
    assert shown == ["1,204,551", "−€ 84.50", "1 h 38 min left"]
