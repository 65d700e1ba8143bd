"""A concept over the API: filled in whole, by who sees it, and for one gemeente alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from contracts.models import Contract, ContractVersion, PriceKind, PriceList
from contracts.standing import add_months
from tenants.registry.models import Municipality
from tests.contracts.agreed import level_of
from tests.contracts.signed import day, signed_contract, unsigned_contract
from tests.handover.moves import other_vendor
from tests.people import partner_organisation, vendor_organisation
from tests.vendor_api.conftest import Program, key_of
from tests.vendor_api.test_contracts import do, terms
from vendor_api.scopes import SCOPES

ANNEX = {
    "kind": "exitplan",
    "name": "Exitplan",
    "documentVersion": "1.2",
    "validFrom": "2026-11-26",
    "reference": "Archief, map 3",
}
FIGURE = {"percentage": "3.15", "source": "CBS, tabel 83760NED", "month": "2026-09-01"}


@pytest.fixture
def concept(haarlem: Municipality) -> Contract:
    return unsigned_contract(haarlem)


def prices(organisation: Any) -> PriceList:
    made = PriceList.objects.create(organisation=organisation, name="Standaard")
    version = made.versions.create(
        number=1, effective_from=day(-1), reason="x", published_at=timezone.now(), published_by="x"
    )
    version.prices.create(kind=PriceKind.BASE, label="Basis", amount_cents=1_860_000, tier_from=0)
    version.prices.create(kind=PriceKind.STORAGE, label="Opslag", amount_cents=24_000, included=1_000)
    return made


def names(answer: Any) -> list[str]:
    assert answer.status_code == 400, answer.content
    return [each["name"] for each in answer.json()["invalidParams"]]


def test_a_concept_is_filled_in_and_offered_by_programs_alone(
    program: Program, concept: Contract, haarlem: Municipality
) -> None:
    """All but who signs it; each answer is the contract as it then stands."""
    partner = partner_organisation()
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner)
    level = concept.versions.get().service_level_version
    parties = [
        {"line": "hosting", "organisation": haarlem.vendor_id},
        {"line": "first", "organisation": partner.pk},
    ]

    said = do(program, concept, "terms", terms(level, reason="Begin", noticeMonths=6, lines=[]))
    covered = do(
        program,
        concept,
        "coverages",
        {"municipalities": [haarlem.pk], "parties": parties, "components": ["Zaken"]},
    )
    priced = do(
        program,
        concept,
        "price-list-lines",
        {"priceList": prices(haarlem.vendor).pk, "inhabitants": 50_000, "storageGb": 1_201},
    )
    annexed = do(program, concept, "annexes", ANNEX)
    offered = do(program, concept, "offers", {"until": day(10).isoformat()})

    assert (said.status_code, said.json()["draft"]["noticeMonths"]) == (200, 6)
    draft = covered.json()["draft"]
    assert {each["line"]: each["organisation"] for each in draft["parties"]} == {
        "hosting": haarlem.vendor_id,
        "first": partner.pk,
    }
    assert [(each["municipality"], each["components"]) for each in draft["covers"]] == [
        (haarlem.pk, ["Zaken"])
    ]
    assert priced.json()["draft"]["yearlyCents"] == 1_860_000 + 3 * 24_000
    assert annexed.status_code == 201
    assert [each["kind"] for each in annexed.json()["draft"]["annexes"]][-1] == "exitplan"
    assert offered.json()["draft"]["standing"] == "aangeboden"


def test_lines_are_written_anew_and_an_annex_goes(program: Program, concept: Contract) -> None:
    line = {"kind": "hours", "label": "Uren", "quantity": 2, "unitCents": 12_500, "per": "once"}
    annex = concept.versions.get().annexes.get()

    written = do(program, concept, "lines", {"lines": [line]})
    again = do(program, concept, "lines", {"lines": []})
    gone = do(program, concept, "annex-removals", {"annex": annex.pk})
    nothing = do(program, concept, "annex-removals", {"annex": annex.pk})
    thrown = do(program, concept, "discards")

    assert written.json()["draft"]["onceCents"] == 25_000
    assert again.json()["draft"]["lines"] == []
    assert gone.json()["draft"]["annexes"] == []
    assert names(nothing) == ["annex"]
    assert (thrown.status_code, thrown.json()["draft"]) == (200, None)


def test_what_was_offered_or_signed_is_not_written(program: Program, haarlem: Municipality) -> None:
    signed = signed_contract(haarlem, renewal="yearly")
    none = do(program, signed, "lines", {"lines": []})
    later = do(program, signed, "annexes", ANNEX)
    do(program, signed, "versions", terms(signed.versions.get().service_level_version))
    do(program, signed, "offers", {"until": day(10).isoformat()})
    level = signed.versions.get(number=1).service_level_version
    party = {"line": "first", "organisation": haarlem.vendor_id}

    bodies: dict[str, dict[str, Any] | None] = {
        "terms": terms(level),
        "coverages": {"municipalities": [haarlem.pk], "parties": [party]},
        "lines": {"lines": []},
        "annexes": ANNEX,
        "discards": None,
    }
    refused = [do(program, signed, what, body) for what, body in bodies.items()]

    assert [each.status_code for each in [none, *refused]] == [409] * 6
    assert (later.status_code, later.json()["shown"]["annexes"][-1]["signedAt"]) == (201, None)


def test_another_gemeente_is_not_covered_and_a_stranger_does_no_line(
    program: Program, concept: Contract, haarlem: Municipality, utrecht: Municipality
) -> None:
    stranger = other_vendor()
    ours = {"line": "first", "organisation": haarlem.vendor_id}

    answers = [
        do(program, concept, "coverages", body)
        for body in (
            {"municipalities": [haarlem.pk, utrecht.pk], "parties": [ours]},
            {"municipalities": [haarlem.pk, 999_999], "parties": [ours]},
            {"municipalities": [haarlem.pk], "parties": [{**ours, "organisation": stranger.pk}]},
            {"municipalities": [haarlem.pk], "parties": [ours, ours]},
            {"municipalities": [haarlem.pk], "parties": []},
        )
    ]

    assert [names(each) for each in answers] == [
        ["municipalities.1"],
        ["municipalities.1"],
        ["parties.0.organisation"],
        ["parties.1.line"],
        ["parties"],
    ]
    assert concept.versions.get().covers.get().municipality == haarlem


def test_prices_are_indexed_as_an_amendment(program: Program, haarlem: Municipality) -> None:
    signed = signed_contract(haarlem, renewal="yearly", indexation="Dienstenprijsindex", indexation_cap=3)
    start = add_months(timezone.localdate(), 2).isoformat()

    wrong = do(program, signed, "indexations", {**FIGURE, "percentage": "25.01", "start": start})
    early = do(program, signed, "indexations", {**FIGURE, "start": day(-1).isoformat()})
    answer = do(program, signed, "indexations", {**FIGURE, "start": start})
    twice = do(program, signed, "indexations", {**FIGURE, "start": start})

    assert names(wrong) == ["percentage"]
    assert (early.status_code, answer.status_code, twice.status_code) == (409, 201, 409)
    draft = answer.json()["draft"]
    assert (draft["indexPercentage"], draft["indexationCap"], draft["indexMonth"]) == (
        "3.15",
        "3.00",
        "2026-09-01",
    )
    assert draft["start"] == start


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"indexationCap": "3"}, "indexation"),
        ({"indexationByClause": True}, "indexation"),
        ({"indexation": "x", "indexationCap": "25.01"}, "indexationCap"),
        ({"indexation": "x", "indexationCap": "-1"}, "indexationCap"),
    ],
)
def test_what_more_is_said_of_a_clause_needs_one(
    program: Program, concept: Contract, given: dict[str, Any], name: str
) -> None:
    level = concept.versions.get().service_level_version
    assert names(do(program, concept, "terms", terms(level, **given))) == [name]


@pytest.mark.parametrize("who", ["other", "partner", "limited"])
def test_the_concept_of_others_is_not_there(
    program: Program, concept: Contract, haarlem: Municipality, who: str
) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner_organisation())
    stranger = {
        "other": lambda: key_of(*SCOPES, organisation=other_vendor()),
        "partner": lambda: key_of(*SCOPES, organisation=partner_organisation()),
        "limited": lambda: key_of(*SCOPES, schemas=("utrecht",)),
    }[who]()
    etag = program.get(f"/contracts/{concept.pk}").headers["ETag"]
    level = concept.versions.get().service_level_version
    said = {"minutes": 60, "on": day(0).isoformat(), "who": "x", "why": "x"}
    bodies: dict[str, Any] = {
        "terms": terms(level),
        "coverages": {
            "municipalities": [haarlem.pk],
            "parties": [{"line": "first", "organisation": haarlem.vendor_id}],
        },
        "lines": {"lines": []},
        "price-list-lines": {"priceList": 1, "inhabitants": 1},
        "annexes": ANNEX,
        "annex-removals": {"annex": concept.versions.get().annexes.get().pk},
        "discards": None,
        "indexations": {**FIGURE, "start": day(40).isoformat()},
        "hours": said,
        "hour-purchases": said,
        "hour-corrections": {"entry": 1, "why": "x"},
    }

    answers = {
        what: stranger.post(f"/contracts/{concept.pk}/{what}", body, If_Match=etag).status_code
        for what, body in bodies.items()
    }

    assert set(answers.values()) == {404}, answers
    assert ContractVersion.objects.get().drafters == ["stelt.op@leverancier.example"]


def test_the_price_list_and_the_level_of_others_fill_nothing(program: Program, concept: Contract) -> None:
    other = other_vendor()
    theirs, level = prices(other), level_of(other.pk)

    listed = do(program, concept, "price-list-lines", {"priceList": theirs.pk, "inhabitants": 1})
    promised = do(program, concept, "terms", terms(level))
    missing = do(
        program,
        concept,
        "price-list-lines",
        {"priceList": prices(vendor_organisation()).pk, "inhabitants": 1, "hours": 10},
    )

    assert (names(listed), names(promised), names(missing)) == (["priceList"], ["serviceLevel"], ["hours"])
    assert not concept.versions.get().lines.exists()
