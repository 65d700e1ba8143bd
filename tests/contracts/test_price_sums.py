"""What the list that everybody begins with asks of six sizes of gemeente, added up by hand.

Each row is in whole euros as it stands in the sum beside it; btw is 21 %.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.defaults import standard_prices
from contracts.models import Price
from contracts.offered_lines import lines_of_offer
from contracts.pricing import Offer, Wishes, calendar_year_of, offer_of, part_of_year

PRICES = [
    Price(
        kind=each.kind,
        label=each.label,
        amount_cents=each.amount_cents,
        included=each.included,
        tier_from=each.tier_from,
        tier_to=each.tier_to,
    )
    for each in standard_prices().prices
]


def offered(wishes: Wishes) -> Offer:
    return offer_of(PRICES, wishes, btw_percentage=21)


@pytest.mark.parametrize(
    ("wishes", "yearly", "once"),
    [
        pytest.param(
            Wishes(9_999, level="Basis"),
            9_600 + 0 + 1_200,
            12_500,
            id="9.999 inwoners, het minste",
        ),
        pytest.param(
            Wishes(10_000, level="Basis", environments=1, storage_gb=1_000, documents=1_000_000),
            12_600 + 0 + 1_200,
            12_500,
            id="10.000 inwoners, alles nog in de basis",
        ),
        pytest.param(
            Wishes(49_999, level="Plus", environments=2, storage_gb=1_001, hours=10),
            18_600 + 14_400 + 1 * 1_800 + 1 * 240 + 1_200,
            12_500 + 10 * 125,
            id="49.999 inwoners, een omgeving en een GB meer",
        ),
        pytest.param(
            Wishes(120_000, level="Plus", environments=3, storage_gb=2_500, documents=1_250_001, hours=50),
            38_400 + 14_400 + 2 * 1_800 + 15 * 240 + 251 * 10 + 1_200,
            12_500 + 4_800 + 10 * 125,
            id="120.000 inwoners, een strippenkaart en tien uur",
        ),
        pytest.param(
            Wishes(162_543, level="Premium", environments=2, storage_gb=4_000, calls=26_000_500, setup=False),
            48_600 + 36_000 + 1 * 1_800 + 30 * 240 + 1_001 * 1 + 1_200,
            0,
            id="162.543 inwoners, geen inrichting",
        ),
        pytest.param(
            Wishes(
                931_298,
                level="Premium",
                environments=6,
                storage_gb=20_000,
                documents=6_000_000,
                calls=400_000_000,
                hours=200,
                community=False,
            ),
            72_000 + 36_000 + 5 * 1_800 + 190 * 240 + 5_000 * 10 + 375_000 * 1,
            12_500 + 5 * 4_800,
            id="931.298 inwoners, van alles veel",
        ),
    ],
)
def test_six_sizes_come_to_what_a_hand_adds_up(wishes: Wishes, yearly: int, once: int) -> None:
    found = offered(wishes)

    assert (found.yearly_cents, found.once_cents) == (yearly * 100, once * 100)
    assert found.first_year_cents == (yearly + once) * 100
    assert (found.yearly_btw_cents, found.once_btw_cents) == (yearly * 21, once * 21)
    lines = lines_of_offer(found)
    assert sum(each.quantity * each.unit_cents for each in lines if each.per == "year") == yearly * 100
    assert sum(each.quantity * each.unit_cents for each in lines if each.per == "once") == once * 100


# A year that began already ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cents", "start", "part"),
    [
        (6_840_000, date(2027, 1, 1), 6_840_000),
        (6_840_000, date(2027, 12, 31), 18_740),  # a day of 365: 18.739,73 cent
        (6_840_000, date(2027, 4, 1), 5_153_425),  # 275 of 365: 5.153.424,66
        (6_840_000, date(2028, 3, 1), 5_718_689),  # 306 of 366: 5.718.688,52
        (6_840_000, date(2028, 2, 29), 5_737_377),  # 307 of 366: 5.737.377,05
        (365, date(2027, 7, 2), 183),
        (73, date(2027, 12, 30), 0),  # 2 of 365: 0,4 cent
        (183, date(2028, 12, 31), 1),  # half a cent goes up
        (182, date(2028, 12, 31), 0),
        (0, date(2027, 4, 1), 0),
    ],
)
def test_a_year_that_began_counts_the_days_that_are_left(cents: int, start: date, part: int) -> None:
    assert part_of_year(cents, start) == part


@given(st.integers(0, 10**10), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_part_is_right_to_half_a_cent_and_a_whole_year_is_whole(cents: int, start: date) -> None:
    days = (date(start.year + 1, 1, 1) - date(start.year, 1, 1)).days
    left = (date(start.year + 1, 1, 1) - start).days
    assert abs(part_of_year(cents, start) * days - cents * left) * 2 <= days
    assert part_of_year(cents, start.replace(month=1, day=1)) == cents


def test_btw_of_a_part_is_over_the_part() -> None:
    """48.600 + 14.400 + 1.200 each year and 12.500 once, from 1 April: 64.200 x 275/365 = 48.369,86."""
    found = calendar_year_of(offered(Wishes(162_543, level="Plus")), date(2027, 4, 1))

    assert found.cents == 12_500_00 + 48_369_86
    assert found.btw_cents == 2_625_00 + 10_157_67  # 10.157,6706
