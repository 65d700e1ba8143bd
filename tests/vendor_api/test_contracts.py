"""Contracts over the API: read whole, drawn up, offered, taken back, and never signed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backoffice.models import LogLine
from contracts.models import Contract, ContractVersion, HoursEntry, ServiceLevelVersion
from contracts.standing import next_notice
from tenants.accounts.person import Person, person_of
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.contracts.signed import day, signed_contract, unsigned_contract
from tests.handover.moves import other_vendor
from tests.helpdesk.mail.letters import make_ticket
from tests.people import partner_organisation, vendor_organisation
from tests.vendor_api.conftest import Program, key_of, maker_of
from vendor_api.scopes import SCOPES


@pytest.fixture
def concept(haarlem: Municipality) -> Contract:
    return unsigned_contract(haarlem)


@pytest.fixture
def signed(haarlem: Municipality) -> Contract:
    return signed_contract(haarlem, renewal="yearly")


def owner() -> Person:
    with for_vendor():
        found = person_of(maker_of(vendor_organisation()))
    assert found is not None
    return found


def terms(level: ServiceLevelVersion, **given: Any) -> dict[str, Any]:
    return {
        "serviceLevel": level.level_id,
        "serviceLevelVersion": level.number,
        "start": day(1).isoformat(),
        "end": day(400).isoformat(),
        "reason": "Meer uren",
        "lines": [{"kind": "hosting", "label": "Hosting", "unitCents": 120_000}],
        **given,
    }


def do(program: Program, contract: Contract, what: str, body: dict[str, Any] | None = None) -> Any:
    etag = program.get(f"/contracts/{contract.pk}").headers["ETag"]
    return program.post(f"/contracts/{contract.pk}/{what}", body, If_Match=etag)


# Reading -----------------------------------------------------------------------------------------


def test_a_contract_is_read_whole(program: Program, signed: Contract, haarlem: Municipality) -> None:
    found = program.get(f"/contracts/{signed.pk}").json()

    assert (found["number"], found["standing"], found["clientName"]) == (signed.number, "actief", "Haarlem")
    assert (found["version"], found["municipalities"], found["draft"]) == (1, [haarlem.pk], None)
    shown = found["shown"]
    assert [each["line"] for each in shown["parties"]] == ["first"]
    assert [each["municipality"] for each in shown["covers"]] == [haarlem.pk]
    assert [(each["kind"], each["reference"]) for each in shown["annexes"]] == [
        ("verwerkersovereenkomst", "Archief")
    ]
    assert [each["side"] for each in shown["signatures"]] == ["leverancier", "gemeente"]
    assert "tekent@" not in str(found)


def test_contracts_are_listed_and_filtered(
    program: Program, signed: Contract, haarlem: Municipality, utrecht: Municipality
) -> None:
    other = signed_contract(utrecht)

    def numbers(query: str) -> list[str]:
        return [each["number"] for each in program.get(f"/contracts{query}").json()["results"]]

    assert numbers("") == [other.number, signed.number]
    assert numbers(f"?municipality={haarlem.pk}") == [signed.number]
    assert numbers(f"?number={other.number.lower()}") == [other.number]


def test_hours_are_bought_booked_corrected_and_read(
    program: Program, signed: Contract, haarlem: Municipality, utrecht: Municipality
) -> None:
    said = {"on": timezone.localdate().isoformat(), "who": "Sam", "why": "Sjabloon"}
    number, other = make_ticket(haarlem).number, make_ticket(utrecht).number

    purchase = do(program, signed, "hour-purchases", {"minutes": 600, **said})
    answer = do(program, signed, "hours", {"minutes": 90, **said, "ticket": number})
    elsewhere = do(program, signed, "hours", {"minutes": 90, **said, "ticket": other})
    wrong = HoursEntry.objects.get(kind="geboekt")
    undone = do(program, signed, "hour-corrections", {"entry": wrong.pk, "why": "Dubbel"})
    again = do(program, signed, "hour-corrections", {"entry": wrong.pk, "why": "Dubbel"})
    nothing = do(program, signed, "hour-corrections", {"entry": 999_999, "why": "Dubbel"})

    assert (purchase.status_code, purchase.json()["balanceMinutes"]) == (201, 600)
    assert (answer.status_code, answer.json()["balanceMinutes"]) == (201, 510)
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (409, "not-possible")
    assert (undone.status_code, undone.json()["balanceMinutes"]) == (201, 600)
    assert (again.status_code, nothing.status_code) == (409, 400)
    listed = program.get(f"/contracts/{signed.pk}/hours").json()["results"]
    assert [(each["kind"], each["minutes"], each["ticket"]) for each in listed] == [
        ("gecorrigeerd", 90, number),
        ("geboekt", -90, number),
        ("gekocht", 600, ""),
    ]


def test_more_hours_than_there_are_are_not_booked(program: Program, signed: Contract) -> None:
    body = {"minutes": 1, "on": timezone.localdate().isoformat(), "who": "Sam", "why": "x"}

    answer = do(program, signed, "hours", body)

    assert (answer.status_code, answer.json()["code"]) == (409, "not-possible")
    assert not HoursEntry.objects.exists()


# Drawing up --------------------------------------------------------------------------------------


def test_a_contract_is_drawn_up_with_its_lines(
    program: Program, concept: Contract, utrecht: Municipality
) -> None:
    level = concept.versions.get().service_level_version

    answer = program.post("/contracts", {**terms(level), "municipality": utrecht.pk})
    found = answer.json()

    assert answer.status_code == 201
    assert (found["clientName"], found["standing"]) == ("Utrecht", "concept")
    assert [(each["label"], each["totalCents"]) for each in found["draft"]["lines"]] == [("Hosting", 120_000)]
    assert found["draft"]["yearlyCents"] == 120_000
    assert ContractVersion.objects.get(contract=found["id"]).drafters == [owner().user.email]
    assert LogLine.objects.filter(action="contract opgesteld").get().person.startswith("API-sleutel ")


def test_an_addendum_begins_as_what_holds_now(program: Program, signed: Contract) -> None:
    level = signed.versions.get().service_level_version

    answer = do(program, signed, "versions", terms(level))

    assert answer.status_code == 201
    assert (answer.json()["shown"]["number"], answer.json()["draft"]["number"]) == (1, 2)
    assert [each["kind"] for each in answer.json()["draft"]["annexes"]] == ["verwerkersovereenkomst"]
    versions = program.get(f"/contracts/{signed.pk}/versions").json()["results"]
    assert [(each["number"], each["standing"]) for each in versions] == [(2, "concept"), (1, "actief")]


def test_a_concept_is_offered_and_taken_back(program: Program, signed: Contract) -> None:
    do(program, signed, "versions", terms(signed.versions.get().service_level_version))

    offered = do(program, signed, "offers", {"until": day(10).isoformat()})
    taken = do(program, signed, "withdrawals", {"reason": "Toch niet"})

    assert (offered.status_code, offered.json()["draft"]["standing"]) == (200, "aangeboden")
    assert len(offered.json()["draft"]["digest"]) == 64
    assert (taken.status_code, taken.json()["draft"]) == (200, None)
    assert signed.versions.get(number=2).state == "ingetrokken"


def test_what_is_not_complete_is_not_offered(program: Program, concept: Contract) -> None:
    answer = do(program, concept, "offers", {"until": day(10).isoformat()})

    assert (answer.status_code, answer.json()["code"]) == (409, "not-possible")
    assert "prijsregel" in answer.json()["detail"]


@pytest.mark.parametrize("what", ["offers", "withdrawals"])
def test_without_a_concept_there_is_nothing_to_offer(program: Program, signed: Contract, what: str) -> None:
    answer = do(program, signed, what, {"until": day(10).isoformat(), "reason": "x"})

    assert (answer.status_code, answer.json()["code"]) == (409, "not-possible")


def test_that_the_gemeente_gave_notice_is_written_down(program: Program, signed: Contract) -> None:
    notice = next_notice(signed.versions.get(), timezone.localdate())
    assert notice is not None
    body = {"lastDay": notice.last_day.isoformat(), "reason": "Per brief"}

    wrong = do(program, signed, "notices", {**body, "lastDay": day(1).isoformat()})
    answer = do(program, signed, "notices", body)

    assert wrong.status_code == 409
    assert (answer.json()["standing"], answer.json()["noticeSide"]) == ("opgezegd", "gemeente")
    assert answer.json()["endsOn"] == notice.last_day.isoformat()


def test_who_did_not_see_the_last_of_it_changes_nothing(program: Program, signed: Contract) -> None:
    level = signed.versions.get().service_level_version
    etag = program.get(f"/contracts/{signed.pk}").headers["ETag"]
    do(program, signed, "versions", terms(level))

    answer = program.post(f"/contracts/{signed.pk}/offers", {"until": day(5).isoformat()}, If_Match=etag)

    assert answer.status_code == 412


def test_a_program_signs_nothing(program: Program, signed: Contract) -> None:
    for below in ("/signatures", "/versions/1/signatures"):
        assert program.post(f"/contracts/{signed.pk}{below}", {}).status_code == 404


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"serviceLevel": 999_999}, "serviceLevel"),
        ({"serviceLevelVersion": 2}, "serviceLevel"),
        ({"end": "2020-01-01"}, "end"),
        ({"end": "2199-01-01"}, "end"),
        ({"start": "9999-12-01", "end": "9999-12-31"}, "start"),
        ({"start": "0001-01-01", "end": "0001-01-31"}, "start"),
        ({"noticeMonths": 25}, "noticeMonths"),
        ({"indexationFrom": "2027-01-01"}, "indexation"),
        ({"clientKvk": "123"}, "clientKvk"),
        ({"lines": [{"kind": "x", "label": "x", "unitCents": 1}]}, "lines.0.kind"),
        ({"lines": [{"kind": "hours", "label": "x", "unitCents": 10_000_000_001}]}, "lines.0.unitCents"),
        ({"municipality": 999_999}, "municipality"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(
    program: Program, concept: Contract, utrecht: Municipality, given: dict[str, Any], name: str
) -> None:
    level = concept.versions.get().service_level_version

    answer = program.post("/contracts", {**terms(level), "municipality": utrecht.pk, **given})

    assert answer.status_code == 400
    assert [each["name"] for each in answer.json()["invalidParams"]] == [name]
    assert Contract.objects.count() == 1


# Whose -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["other", "partner", "limited"])
def test_a_contract_of_others_is_not_there(
    program: Program, signed: Contract, haarlem: Municipality, who: str
) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner_organisation())
    stranger = {
        "other": lambda: key_of(*SCOPES, organisation=other_vendor()),
        "partner": lambda: key_of(*SCOPES, organisation=partner_organisation()),
        "limited": lambda: key_of(*SCOPES, schemas=("utrecht",)),
    }[who]()
    etag = program.get(f"/contracts/{signed.pk}").headers["ETag"]
    level = signed.versions.get().service_level_version

    read = [stranger.get(f"/contracts/{signed.pk}{below}") for below in ("", "/versions", "/hours")]
    written = [
        stranger.post(f"/contracts/{signed.pk}/{what}", body, If_Match=etag)
        for what, body in (
            ("versions", terms(level)),
            ("offers", {"until": day(5).isoformat()}),
            ("withdrawals", {"reason": "x"}),
            ("notices", {"lastDay": day(5).isoformat(), "reason": "x"}),
        )
    ]

    assert {each.status_code for each in [*read, *written]} == {404}
    assert stranger.get("/contracts").json()["count"] == 0
    assert signed.versions.count() == 1


def test_a_service_level_of_others_is_not_agreed(concept: Contract, haarlem: Municipality) -> None:
    other = other_vendor()
    Municipality.objects.filter(pk=haarlem.pk).update(vendor=other)
    level = concept.versions.get().service_level_version
    body = {**terms(level), "municipality": haarlem.pk}

    answer = key_of(*SCOPES, organisation=other).post("/contracts", body)

    assert answer.status_code == 400
    assert [each["name"] for each in answer.json()["invalidParams"]] == ["serviceLevel"]


def test_a_day_later_is_another_standing(program: Program, concept: Contract) -> None:
    now = timezone.now()
    concept.versions.filter(number=1).update(
        state="aangeboden", offered_at=now, offered_by="x", offer_until=day(0), digest="0" * 64
    )
    assert program.get(f"/contracts/{concept.pk}").json()["standing"] == "aangeboden"

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(timezone, "now", lambda: now + timedelta(days=1))
        key = key_of("contracten:read")
        assert key.get(f"/contracts/{concept.pk}").json()["standing"] == "verlopen"
