"""What it costs: exact to the cent, at every boundary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.euro_texts import cents_of, count_of, text_of_cents
from contracts.models import Price, PriceKind
from contracts.price_publishing import PriceTerms, complaint_of, complaint_of_tiers
from contracts.pricing import MOST_HOURS, NotOnTheList, Offer, Wishes, btw_over, offer_of
from contracts.span_texts import UnreadableError
from tests.contracts.prices import BASE, PRICES, price

HAARLEM = Wishes(162_543, level="Plus", environments=2, storage_gb=2_000)
HOURS = [each for each in PRICES if each.kind in {PriceKind.BUNDLE, PriceKind.HOUR}]
WISHES = st.builds(
    Wishes,
    inhabitants=st.integers(0, 1_000_000),
    level=st.sampled_from(["", "Basis", "Plus"]),
    environments=st.integers(0, 20),
    storage_gb=st.integers(0, 100_000),
    documents=st.integers(0, 10_000_000),
    calls=st.integers(0, 10_000_000),
    hours=st.integers(0, 200),
    setup=st.booleans(),
    community=st.booleans(),
)


def offered(wishes: Wishes, prices: Sequence[Price] = PRICES, btw: int = 21) -> Offer:
    return offer_of(prices, wishes, btw_percentage=btw)


def costs(kind: PriceKind, **given: Any) -> int:
    """What the lines of this kind come to."""
    lines = offered(replace(HAARLEM, **given)).lines
    return sum(each.total_cents for each in lines if each.kind is kind)


def test_an_offer_is_a_base_a_level_and_what_comes_beside_them() -> None:
    told = [(each.label, each.quantity, each.total_cents) for each in offered(HAARLEM).lines]

    assert told == [
        ("Inrichting", 1, 1_250_000),
        ("Basis, vanaf 150.000 inwoners", 1, 4_860_000),
        ("Serviceniveau Plus", 1, 1_440_000),
        ("Oefenomgeving boven 1 in de basis", 1, 180_000),
        ("Opslag boven 1.000 GB, per 100 GB", 10, 240_000),
        ("Gemeenschap", 1, 120_000),
    ]


def test_the_first_year_has_what_is_asked_once_too() -> None:
    found = offered(HAARLEM)
    assert (found.once_cents, found.yearly_cents) == (1_250_000, 6_840_000)
    assert found.first_year_cents == 8_090_000
    assert found.yearly_btw_cents == 1_436_400


@pytest.mark.parametrize(
    ("inhabitants", "euros"),
    [
        (0, 9_600),
        (24_999, 9_600),
        (25_000, 18_600),
        (149_999, 18_600),
        (150_000, 48_600),
        (1_000_000, 48_600),
    ],
)
def test_a_tier_holds_from_its_first_number_to_before_its_last(inhabitants: int, euros: int) -> None:
    assert costs(PriceKind.BASE, inhabitants=inhabitants) == euros * 100


@pytest.mark.parametrize(("gb", "hundreds"), [(0, 0), (1_000, 0), (1_001, 1), (1_100, 1), (1_101, 2)])
def test_what_was_begun_counts_as_a_whole(gb: int, hundreds: int) -> None:
    assert costs(PriceKind.STORAGE, storage_gb=gb) == hundreds * 24_000


@pytest.mark.parametrize(("environments", "paid"), [(0, 0), (1, 0), (2, 1), (3, 2)])
def test_what_the_base_includes_costs_nothing(environments: int, paid: int) -> None:
    assert costs(PriceKind.ENVIRONMENT, environments=environments) == paid * 180_000


@pytest.mark.parametrize(("calls", "thousands"), [(2_000, 0), (2_001, 1), (3_000, 1), (3_001, 2)])
def test_calls_beyond_fair_use_are_asked_by_the_thousand(calls: int, thousands: int) -> None:
    assert costs(PriceKind.CALLS, calls=calls) == thousands * 100


def test_a_level_goes_by_its_name_whatever_its_case() -> None:
    assert costs(PriceKind.LEVEL, level="plus") == 1_440_000


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"level": "Goud"}, "level"),
        ({"storage_gb": 1}, "storage_gb"),
        ({"environments": 1}, "environments"),
        ({"documents": 1}, "documents"),
        ({"calls": 1}, "calls"),
        ({"hours": 1}, "hours"),
    ],
)
def test_what_the_list_has_no_price_for_is_said_by_its_field(wanted: dict[str, Any], field: str) -> None:
    with pytest.raises(NotOnTheList) as refused:
        offered(Wishes(1, **wanted), BASE)
    assert refused.value.missing.keys() == {field}


def test_all_that_is_missing_is_said_at_once() -> None:
    with pytest.raises(NotOnTheList) as refused:
        offered(Wishes(1, level="Goud", storage_gb=1, hours=1), [])
    assert refused.value.missing.keys() == {"inhabitants", "level", "storage_gb", "hours"}


@pytest.mark.parametrize(
    ("hours", "cents"),
    [
        (0, 0),
        (1, 12_500),
        (9, 112_500),
        (10, 124_000),
        (38, 472_000),
        (39, 480_000),
        (40, 480_000),
        (50, 604_000),
        (80, 960_000),
    ],
)
def test_hours_are_bought_in_the_way_that_costs_least(hours: int, cents: int) -> None:
    found = offered(Wishes(1, hours=hours, setup=False, community=False))
    assert found.once_cents == cents


@pytest.mark.parametrize("wrong", [{"hours": -1}, {"inhabitants": -1}, {"hours": MOST_HOURS + 1}])
def test_nobody_wants_less_than_nothing_or_too_much(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Nobody"):
        Wishes(**{"inhabitants": 1, **wrong})


@given(WISHES)
def test_the_sums_are_those_of_the_lines(wishes: Wishes) -> None:
    found = offered(wishes)
    assert found.once_cents + found.yearly_cents == sum(each.total_cents for each in found.lines)
    assert all(each.total_cents == each.quantity * each.unit_cents for each in found.lines)
    assert found.first_year_btw_cents == found.once_btw_cents + found.yearly_btw_cents


@given(WISHES, st.sampled_from(["inhabitants", "storage_gb", "documents", "calls", "environments"]))
def test_who_wants_more_never_pays_less(wishes: Wishes, field: str) -> None:
    more = replace(wishes, **{field: getattr(wishes, field) + 1})
    assert offered(more).first_year_cents >= offered(wishes).first_year_cents


@given(st.integers(0, 300))
def test_no_hours_cost_more_than_by_the_hour_and_none_are_short(hours: int) -> None:
    lines = offered(Wishes(1, hours=hours, setup=False, community=False)).lines
    held = {"Strippenkaart van 40 uur": 40, "Strippenkaart van 10 uur": 10, "Uur": 1}
    bought = [each for each in lines if each.once]

    assert sum(held[each.label] * each.quantity for each in bought) >= hours
    assert sum(each.total_cents for each in bought) <= hours * 12_500


@given(st.integers(0, 10**12), st.integers(0, 100))
def test_btw_is_right_to_half_a_cent(cents: int, percentage: int) -> None:
    assert abs(btw_over(cents, percentage) * 100 - cents * percentage) <= 50


@pytest.mark.parametrize(("cents", "btw"), [(0, 0), (2, 0), (3, 1), (50, 11), (100, 21), (150, 32)])
def test_half_a_cent_of_btw_goes_up(cents: int, btw: int) -> None:
    assert btw_over(cents, 21) == btw


# Tiers and lists ----------------------------------------------------------------------------------


def tiers(*spans: tuple[int, int | None]) -> list[PriceTerms]:
    return [PriceTerms(PriceKind.BASE, "Basis", 1, tier_from=start, tier_to=end) for start, end in spans]


@pytest.mark.parametrize(
    "spans", [[(0, None)], [(0, 10), (10, None)], [(10, None), (0, 10)], [(0, 1), (1, 2), (2, None)]]
)
def test_tiers_that_follow_on_each_other_are_whole(spans: list[tuple[int, int | None]]) -> None:
    assert complaint_of_tiers(tiers(*spans)) == ""


@pytest.mark.parametrize(
    "spans",
    [
        [],
        [(1, None)],
        [(0, 10)],
        [(0, 10), (11, None)],
        [(0, 11), (10, None)],
        [(0, None), (10, None)],
        [(0, None), (0, None)],
        [(0, None), (0, 5)],
        [(0, 0), (0, None)],
    ],
)
def test_tiers_with_a_gap_or_an_overlap_are_refused(spans: list[tuple[int, int | None]]) -> None:
    assert "op elkaar aansluiten" in complaint_of_tiers(tiers(*spans))


@given(st.sets(st.integers(1, 1_000_000), max_size=15), st.integers(0, 1_100_000))
def test_every_number_of_inhabitants_is_in_one_tier(starts: set[int], inhabitants: int) -> None:
    ordered = [0, *sorted(starts)]
    prices = [
        price(PriceKind.BASE, place, tier_from=start, tier_to=end)
        for place, (start, end) in enumerate(zip(ordered, [*ordered[1:], None], strict=True))
    ]

    (line,) = offered(Wishes(inhabitants), prices).lines

    assert line.unit_cents == 100 * (len([each for each in ordered if each <= inhabitants]) - 1)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([PriceTerms(PriceKind.LEVEL, "Plus", 1), PriceTerms(PriceKind.LEVEL, "plus", 1)], "twee keer"),
        ([PriceTerms(PriceKind.HOUR, "Uur", 1), PriceTerms(PriceKind.HOUR, "Uurtje", 1)], "twee keer"),
        ([PriceTerms(PriceKind.HOUR, "Uur", 10**9 + 1)], "tien miljoen"),
        ([PriceTerms(PriceKind.HOUR, "Uur", -1)], "tien miljoen"),
        ([PriceTerms(PriceKind.LEVEL, f"N {each}", 1) for each in range(60)], "ten hoogste 60 prijzen"),
    ],
)
def test_what_is_no_list_is_said(more: list[PriceTerms], said: str) -> None:
    assert said in complaint_of([*tiers((0, None)), *more])


def test_the_highest_amount_and_the_most_prices_are_a_list() -> None:
    most = [PriceTerms(PriceKind.LEVEL, f"N {each}", 10**9) for each in range(59)]
    assert complaint_of([*tiers((0, None)), *most]) == ""


# As people write it -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0),
        ("1.250,00", 125_000),
        ("1250", 125_000),
        ("€ 1.250,05", 125_005),
        ("1250,-", 125_000),
        ("1.250.000", 125_000_000),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, cents: int) -> None:
    assert cents_of(text) == cents


@pytest.mark.parametrize(
    "text", ["", "1.25", "1,5", "12.50,00", "1,250.00", "-1", "één", "１", "1e3", "1 250"]
)
def test_an_amount_that_could_be_two_things_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"zoals 1\.250,00"):
        cents_of(text)


@given(st.integers(0, 10**9))
def test_an_amount_reads_back_as_it_was_written(cents: int) -> None:
    assert cents_of(text_of_cents(cents)) == cents


@pytest.mark.parametrize("text", ["", "1.00", "1,0", "-5", "x"])
def test_a_count_is_a_whole_number(text: str) -> None:
    with pytest.raises(UnreadableError, match="heel getal"):
        count_of(text)
