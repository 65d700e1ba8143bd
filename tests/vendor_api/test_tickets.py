"""Reports over the API: read with their clocks, made, and handled under the name of the key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from backoffice.models import LogLine
from contracts.models import ContractVersion
from helpdesk.models import Attachment, Ticket, TicketEvent
from tenants.registry.models import Municipality
from tests.handover.moves import other_vendor
from tests.helpdesk.reported import contract_for, make_report
from tests.people import House, member, partner_organisation, vendor_organisation
from tests.vendor_api.conftest import Program, key_of
from vendor_api.models import WebhookEvent

XSS = "<script>alert(1)</script>"


@pytest.fixture
def agreed(haarlem: Municipality) -> ContractVersion:
    return contract_for(haarlem, timezone.now())


def told(municipality: Municipality, **given: Any) -> dict[str, Any]:
    return {
        "municipality": municipality.pk,
        "subject": "Zaken sluiten niet",
        "text": "Sinds vanmorgen.",
        "kind": "storing",
        "impact": "hoog",
        "urgency": "middel",
        "reporterName": "Lia",
        "reporterEmail": "lia@haarlem.example",
        **given,
    }


def made(program: Program, municipality: Municipality, **given: Any) -> int:
    answer = program.post("/tickets", told(municipality, **given))
    assert answer.status_code == 201, answer.content
    return int(answer.json()["id"])


def act(program: Program, pk: int, what: str, body: dict[str, Any], seen: str | None = None) -> Any:
    etag = program.get(f"/tickets/{pk}").headers["ETag"] if seen is None else seen
    return program.post(f"/tickets/{pk}/{what}", body, If_Match=etag)


# Reading -----------------------------------------------------------------------------------------


def test_a_report_is_made_with_the_priority_and_the_clocks_that_were_agreed(
    program: Program, haarlem: Municipality, agreed: ContractVersion
) -> None:
    answer = program.post("/tickets", told(haarlem))
    found = answer.json()

    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(f"/tickets/{found['id']}")
    assert (found["priority"], found["status"], found["channel"]) == ("P2", "nieuw", "api")
    assert (found["contract"], found["serviceLevelVersion"]) == (agreed.contract_id, 1)
    assert (found["nextDueKind"], found["reporterName"]) == ("reactie", "Lia")
    clocks = program.get(f"/tickets/{found['id']}/clocks").json()["results"]
    assert [(each["kind"], each["targetSeconds"], each["outcome"]) for each in clocks] == [
        ("reactie", 7200, "loopt"),
        ("oplossing", 39600, "loopt"),
    ]
    assert [each["percent"] for each in clocks[0]["warnings"]] == [50, 75, 90]
    assert clocks[0]["lines"][-1]["kind"] == "resteert"


def test_without_a_contract_nothing_is_promised(program: Program, haarlem: Municipality) -> None:
    pk = made(program, haarlem)

    found = program.get(f"/tickets/{pk}").json()

    assert (found["contract"], found["serviceLevel"], found["nextDueAt"]) == (None, None, None)
    assert program.get(f"/tickets/{pk}/clocks").json()["count"] == 0


def test_a_list_names_no_reporter_and_says_nothing_that_was_written(
    program: Program, haarlem: Municipality
) -> None:
    make_report(haarlem, timezone.now())

    listed = program.get("/tickets").content.decode()

    assert "Zaken sluiten niet" in listed
    for hidden in ("Lia", "lia@haarlem.example", "Sinds vanmorgen"):
        assert hidden not in listed


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("status=nieuw", 1),
        ("status=gesloten", 1),
        ("open=true", 1),
        ("open=false", 1),
        ("kind=storing", 2),
        ("kind=wens", 0),
        ("priority=P2", 2),
        ("line=1", 2),
        ("line=3", 0),
        ("owner=1", 0),
        ("openedSince=2026-01-01T00:00:00Z", 2),
        ("openedUntil=2026-01-01T00:00:00Z", 0),
        ("dueBefore=2026-01-01T00:00:00Z", 0),
    ],
)
def test_reports_are_filtered(program: Program, haarlem: Municipality, query: str, count: int) -> None:
    now = timezone.now()
    make_report(haarlem, now)
    make_report(haarlem, now, status="gesloten", closed_at=now)

    assert program.get(f"/tickets?{query}").json()["count"] == count


@pytest.mark.parametrize("query", ["status=x", "open=soms", "line=4", "dueBefore=morgen", "melder=Lia"])
def test_a_filter_that_is_none_is_refused(program: Program, query: str) -> None:
    assert program.get(f"/tickets?{query}").status_code == 400


def test_what_happened_is_told_in_order(program: Program, haarlem: Municipality) -> None:
    pk = made(program, haarlem)
    act(program, pk, "notes", {"text": "Let op"})
    act(program, pk, "answers", {"text": "Wij kijken."})

    events = program.get(f"/tickets/{pk}/events").json()["results"]

    assert [(each["what"], each["isPublic"], each["side"]) for each in events] == [
        ("ontvangen", True, "gemeente"),
        ("notitie", False, "leverancier"),
        ("antwoord", True, "leverancier"),
    ]
    assert events[2]["actorName"].startswith("API-sleutel ")
    assert events[2]["channel"] == "api"


def test_a_file_is_fetched_and_is_not_shown_by_a_browser(program: Program, haarlem: Municipality) -> None:
    ticket = make_report(haarlem, timezone.now())
    file = Attachment.objects.get(ticket=ticket)

    listed = program.get(f"/tickets/{ticket.pk}/attachments").json()["results"]

    assert [(each["id"], each["name"], each["contentType"]) for each in listed] == [
        (file.pk, "a.txt", "text/plain")
    ]
    assert program.get(f"/tickets/{ticket.pk}/attachments/{file.pk}").status_code == 404  # no bytes lie there
    assert program.get(f"/tickets/{ticket.pk}/attachments/999999").status_code == 404


# Handling ----------------------------------------------------------------------------------------


def test_a_report_goes_from_new_to_solved(program: Program, haarlem: Municipality) -> None:
    pk = made(program, haarlem)
    steps = [
        ("answers", {"text": "Wij kijken."}, "in_behandeling"),
        ("questions", {"text": "Welke zaak?"}, "wacht_op_melder"),
        ("resumptions", {}, "in_behandeling"),
        ("waits", {"text": "Op de maker."}, "wacht_op_derde"),
        ("resumptions", {"text": "Verder."}, "in_behandeling"),
        ("work-arounds", {"text": "Sluit ze een voor een."}, "in_behandeling"),
        ("plans", {"text": "In de release.", "label": "2026.12"}, "gepland"),
        ("solutions", {"text": "Opgelost.", "cause": "Een lege eigenschap."}, "opgelost"),
    ]

    found = [act(program, pk, what, body) for what, body, _ in steps]

    assert [(each.status_code, each.json().get("status")) for each in found] == [
        (200, status) for _, _, status in steps
    ]
    assert (found[-1].json()["cause"], found[-1].json()["solution"]) == ("Een lege eigenschap.", "Opgelost.")


def test_who_did_not_see_the_last_of_it_is_told_so(program: Program, haarlem: Municipality) -> None:
    pk = made(program, haarlem)
    etag = program.get(f"/tickets/{pk}").headers["ETag"]
    act(program, pk, "notes", {"text": "Een collega was eerder"})

    answer = act(program, pk, "answers", {"text": "Wij kijken."}, seen=etag)

    assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    assert program.post(f"/tickets/{pk}/answers", {"text": "x"}).status_code == 428
    assert TicketEvent.objects.filter(what="antwoord").count() == 0


def test_the_same_sent_twice_is_said_once(program: Program, haarlem: Municipality) -> None:
    pk = made(program, haarlem)
    etag = program.get(f"/tickets/{pk}").headers["ETag"]

    answers = [
        program.post(f"/tickets/{pk}/answers", {"text": "Wij kijken."}, "k", If_Match=etag) for _ in range(2)
    ]

    assert [each.status_code for each in answers] == [200, 200]
    assert TicketEvent.objects.filter(what="antwoord").count() == 1


def test_a_report_is_handed_to_somebody(program: Program, haarlem: Municipality) -> None:
    colleague = member(House.of(None), "helpdesk", "sam@leverancier.example")
    pk = made(program, haarlem)
    body = {
        "line": 2,
        "organisation": vendor_organisation().pk,
        "person": colleague.user.pk,
        "text": "Zij belden al.",
    }

    answer = act(program, pk, "hand-overs", body)

    assert answer.status_code == 200
    assert (answer.json()["line"], answer.json()["owner"]) == (2, colleague.user.pk)
    assert answer.json()["ownerName"] == colleague.user.name


@pytest.mark.parametrize("given", [{"organisation": 999_999}, {"person": 999_999}, {"line": 4}, {"text": ""}])
def test_to_nobody_it_is_not_handed(program: Program, haarlem: Municipality, given: dict[str, Any]) -> None:
    pk = made(program, haarlem)
    body = {"line": 2, "organisation": vendor_organisation().pk, "text": "x", **given}

    answer = act(program, pk, "hand-overs", body)

    assert answer.status_code == 400
    assert [each["name"] for each in answer.json()["invalidParams"]] == list(given)


def test_to_who_does_not_serve_the_gemeente_it_is_not_handed(program: Program, haarlem: Municipality) -> None:
    pk = made(program, haarlem)
    body = {"line": 2, "organisation": other_vendor().pk, "text": "x"}

    assert act(program, pk, "hand-overs", body).json()["code"] == "not-possible"


def test_a_priority_is_changed_with_a_reason(program: Program, haarlem: Municipality) -> None:
    pk = made(program, haarlem)

    answer = act(program, pk, "priorities", {"priority": "P1", "reason": "Niemand kan werken."})

    assert (answer.json()["priority"], answer.json()["priorityReason"]) == ("P1", "Niemand kan werken.")
    line = LogLine.objects.get(action="prioriteit gewijzigd")
    assert line.changes == {"prioriteit": ["P2", "P1"]}
    assert line.person.startswith("API-sleutel ")


def test_the_oldest_of_two_goes_on(program: Program, haarlem: Municipality) -> None:
    old, new = made(program, haarlem), made(program, haarlem)

    answer = act(program, new, "merges", {"other": old})

    assert (answer.json()["status"], answer.json()["mergedInto"]) == ("samengevoegd", old)
    refused = act(program, new, "answers", {"text": "x"})
    assert (refused.status_code, refused.json()["code"]) == (409, "not-possible")


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("questions", {"text": "Zonder vraagteken"}),
        ("plans", {"text": "Ooit"}),
        ("plans", {"text": "Toen", "plannedFor": "2020-01-01T00:00:00Z"}),
        ("resumptions", {"text": "Er wacht niets"}),
    ],
)
def test_what_a_person_may_not_do_a_program_may_not_either(
    program: Program, haarlem: Municipality, what: str, body: dict[str, Any]
) -> None:
    pk = made(program, haarlem)
    before = TicketEvent.objects.count()

    answer = act(program, pk, what, body)

    assert (answer.status_code, answer.json()["code"]) == (409, "not-possible")
    assert TicketEvent.objects.count() == before


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"municipality": 999_999}, "municipality"),
        ({"subject": ""}, "subject"),
        ({"subject": "x" * 201}, "subject"),
        ({"text": " "}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"kind": "x"}, "kind"),
        ({"impact": "enorm"}, "impact"),
        ({"reporterEmail": "geen adres"}, "reporterEmail"),
        ({"component": "x" * 101}, "component"),
    ],
)
def test_a_report_that_cannot_be_is_refused(
    program: Program, haarlem: Municipality, given: dict[str, Any], name: str
) -> None:
    answer = program.post("/tickets", {**told(haarlem), **given})

    assert answer.status_code == 400
    assert [each["name"] for each in answer.json()["invalidParams"]] == [name]
    assert not Ticket.objects.exists()


def test_a_citizen_service_number_is_masked_here_too(program: Program, haarlem: Municipality) -> None:
    pk = made(program, haarlem, text="Bij 111222333 gaat het mis.")

    events = program.get(f"/tickets/{pk}/events").content.decode()

    assert "111222333" not in events
    assert program.get(f"/tickets/{pk}").json()["containsPersonalData"] is True


def test_the_log_names_a_report_and_not_what_it_says(program: Program, haarlem: Municipality) -> None:
    pk = made(program, haarlem, subject=XSS, text=XSS)
    act(program, pk, "answers", {"text": XSS})

    lines = LogLine.objects.filter(area="meldingen")

    assert lines.count() == 2
    assert XSS not in str(list(lines.values()))


def test_each_act_is_heard_of(program: Program, haarlem: Municipality) -> None:
    pk = made(program, haarlem)
    act(program, pk, "notes", {"text": "x"})

    heard = [(each.topic, each.what, each.subject) for each in WebhookEvent.objects.order_by("pk")]

    assert heard == [("ticket", "created", pk), ("ticket", "changed", pk)]


# Whose -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["limited", "partner", "other"])
def test_a_report_of_another_municipality_is_not_there(
    program: Program, haarlem: Municipality, who: str
) -> None:
    pk = made(program, haarlem)
    etag = program.get(f"/tickets/{pk}").headers["ETag"]
    scopes = ("meldingen:write",)
    stranger = {
        "limited": lambda: key_of(*scopes, schemas=("utrecht",)),
        "partner": lambda: key_of(*scopes, organisation=partner_organisation()),
        "other": lambda: key_of(*scopes, organisation=other_vendor()),
    }[who]()
    before = TicketEvent.objects.count()

    read = [stranger.get(f"/tickets/{pk}{below}") for below in ("", "/events", "/clocks", "/attachments")]
    written = [
        stranger.post(f"/tickets/{pk}/{what}", {"text": "x", "cause": "x"}, If_Match=etag)
        for what in ("answers", "notes", "waits", "solutions")
    ]

    assert {each.status_code for each in [*read, *written]} == {404}
    assert stranger.get("/tickets").json()["count"] == 0
    assert stranger.post("/tickets", told(haarlem)).status_code == 400
    assert TicketEvent.objects.count() == before


def test_a_report_is_merged_with_none_of_another_municipality(
    program: Program, haarlem: Municipality, utrecht: Municipality
) -> None:
    ours, theirs = made(program, haarlem), made(program, utrecht)
    limited = key_of("meldingen:write", schemas=("haarlem",))

    refused = act(program, ours, "merges", {"other": theirs})
    unseen = act(limited, ours, "merges", {"other": theirs})

    assert refused.json()["code"] == "not-possible"
    assert [each["name"] for each in unseen.json()["invalidParams"]] == ["other"]
    assert not Ticket.objects.exclude(merged_into=None).exists()


def test_a_partner_reads_the_reports_of_whom_it_serves(utrecht: Municipality) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk=utrecht.pk).update(implementation_partner=partner)
    make_report(utrecht, timezone.now() - timedelta(hours=1))

    assert key_of("meldingen:read", organisation=partner).get("/tickets").json()["count"] == 1
