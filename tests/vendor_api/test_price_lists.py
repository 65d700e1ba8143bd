"""Price lists over the API: read, published in versions, and reckoned with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from contracts.models import Price, PriceList, PriceListVersion
from tests.handover.moves import other_vendor
from tests.vendor_api.conftest import Program, key_of
from vendor_api.models import KeptAnswer

BASE = [
    {"kind": "basis", "label": "Basis", "amountCents": 960_000, "tierFrom": 0, "tierTo": 25_000},
    {"kind": "basis", "label": "Basis", "amountCents": 1_860_000, "tierFrom": 25_000},
]
PRICES = [
    *BASE,
    {"kind": "inrichting", "label": "Inrichting", "amountCents": 1_250_000},
    {"kind": "serviceniveau", "label": "Plus", "amountCents": 1_440_000},
    {"kind": "strippenkaart", "label": "Strippenkaart", "amountCents": 124_000, "included": 10},
    {"kind": "uur", "label": "Uur werk", "amountCents": 12_500},
]


def a_list(days: int = 1, **given: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=days)
    return {"effectiveFrom": day.isoformat(), "reason": "Nieuw jaar", "prices": PRICES, **given}


@pytest.fixture
def path(program: Program) -> str:
    """Of a list that holds from today."""
    answer = program.post("/price-lists", {**a_list(0), "name": "Tarieven"})
    assert answer.status_code == 201, answer.content
    return f"/price-lists/{answer.json()['id']}"


def publish(program: Program, path: str, body: dict[str, Any]) -> Any:
    etag = program.get(path).headers["ETag"]
    return program.post(f"{path}/versions", body, If_Match=etag)


def test_a_list_says_what_is_asked(program: Program, path: str) -> None:
    found = program.get(path).json()

    assert (found["name"], found["latestVersion"]) == ("Tarieven", 1)
    assert (found["current"]["currency"], found["current"]["btwPercentage"]) == ("EUR", 21)
    assert [each["amountCents"] for each in found["current"]["prices"]][:2] == [960_000, 1_860_000]


def test_a_new_version_leaves_the_old_one_as_it_was(program: Program, path: str) -> None:
    answer = publish(program, path, a_list(btwPercentage=9))

    assert answer.status_code == 201
    versions = program.get(f"{path}/versions").json()["results"]
    assert [(each["number"], each["btwPercentage"]) for each in versions] == [(2, 9), (1, 21)]
    assert answer.json()["current"]["number"] == 1


def test_what_a_gemeente_would_pay_is_reckoned_and_not_kept(program: Program, path: str) -> None:
    body = {"inhabitants": 160_000, "level": "plus", "hours": 11}

    answer = program.post(f"{path}/offers", body)
    found = answer.json()

    assert answer.status_code == 200
    assert [(each["kind"], each["quantity"], each["totalCents"]) for each in found["lines"]] == [
        ("inrichting", 1, 1_250_000),
        ("basis", 1, 1_860_000),
        ("serviceniveau", 1, 1_440_000),
        ("strippenkaart", 1, 124_000),
        ("uur", 1, 12_500),
    ]
    assert (found["onceCents"], found["yearlyCents"]) == (1_386_500, 3_300_000)
    assert found["firstYearCents"] == 4_686_500
    assert found["firstYearBtwCents"] == 984_165
    assert found["calendarYear"] is None
    part = program.post(f"{path}/offers", {**body, "start": "2027-04-01"}).json()["calendarYear"]
    assert part == {"cents": 1_386_500 + 2_486_301, "btwCents": 291_165 + 522_123}  # 275 of 365 days
    assert PriceListVersion.objects.count() == 1


@pytest.mark.parametrize(("inhabitants", "cents"), [(24_999, 960_000), (25_000, 1_860_000)])
def test_a_tier_ends_before_the_next_begins(
    program: Program, path: str, inhabitants: int, cents: int
) -> None:
    found = program.post(f"{path}/offers", {"inhabitants": inhabitants, "setup": False}).json()

    assert found["yearlyCents"] == cents


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"inhabitants": -1}, "inhabitants"),
        ({"inhabitants": None}, "inhabitants"),
        ({"level": "Diamant"}, "level"),
        ({"storageGb": 5}, "storageGb"),
        ({"hours": 2001}, "hours"),
        ({"start": "9999-12-31"}, "start"),
    ],
)
def test_what_is_not_on_the_list_is_said_by_its_name(
    program: Program, path: str, given: dict[str, Any], name: str
) -> None:
    answer = program.post(f"{path}/offers", {"inhabitants": 1000, **given})

    assert answer.status_code == 400
    assert [each["name"] for each in answer.json()["invalidParams"]] == [name]
    assert not KeptAnswer.objects.filter(status=400).exists()


def test_a_list_that_does_not_hold_yet_is_not_reckoned_with(program: Program) -> None:
    pk = program.post("/price-lists", {**a_list(1), "name": "Straks"}).json()["id"]

    answer = program.post(f"/price-lists/{pk}/offers", {"inhabitants": 1})

    assert (answer.status_code, answer.json()["code"]) == (409, "not-possible")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"prices": []}, "prices"),
        ({"prices": PRICES * 11}, "prices"),
        ({"prices": PRICES[1:]}, "prices"),
        ({"prices": [*PRICES, PRICES[2]]}, "prices"),
        ({"prices": [*BASE, {**PRICES[2], "tierFrom": 0}]}, "prices.2.tierFrom"),
        ({"prices": [*BASE, {**PRICES[4], "included": 0}]}, "prices.2.included"),
        ({"prices": [*BASE, {**PRICES[2], "amountCents": -1}]}, "prices.2.amountCents"),
        ({"prices": [*BASE, {**PRICES[2], "kind": "korting"}]}, "prices.2.kind"),
        ({"btwPercentage": 101}, "btwPercentage"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_list_that_cannot_be_is_refused(
    program: Program, path: str, given: dict[str, Any], name: str
) -> None:
    before = Price.objects.count()

    answer = publish(program, path, a_list(**given))

    assert answer.status_code == 400
    assert [each["name"] for each in answer.json()["invalidParams"]] == [name]
    assert (Price.objects.count(), PriceListVersion.objects.count()) == (before, 1)


def test_the_prices_of_another_organisation_are_not_there(program: Program, path: str) -> None:
    stranger = key_of("afspraken:write", organisation=other_vendor())
    etag = program.get(path).headers["ETag"]

    assert stranger.get(path).status_code == stranger.get(f"{path}/versions").status_code == 404
    assert stranger.post(f"{path}/versions", a_list(), If_Match=etag).status_code == 404
    assert stranger.post(f"{path}/offers", {"inhabitants": 1}).status_code == 404
    assert PriceList.objects.count() == 1
