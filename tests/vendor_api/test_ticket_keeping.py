"""What a program keeps with a report: the reporter's words, its facts, its links, a hotfix, and hours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from contracts.hours import balance_of, buy
from contracts.models import HoursEntry
from helpdesk.models import Hotfix, Ticket, TicketEvent
from helpdesk.words import Channel, Side, What
from tenants.registry.models import Municipality
from tests.access.grants import make_grant
from tests.contracts.signed import day, signed_contract
from tests.handover.moves import other_vendor
from tests.helpdesk.mail.letters import make_ticket
from tests.incidents.broken import make_incident
from tests.people import partner_organisation
from tests.vendor_api.conftest import Program, key_of
from tests.vendor_api.test_contracts import owner
from tests.vendor_api.test_tickets import act
from vendor_api.scopes import SCOPES

WORK = {"minutes": 90, "on": day(0).isoformat(), "why": "Koppeling nagekeken"}
FIX = {"severity": "hoog", "reason": "Geen zaak sluit", "testedOn": "Acceptatie", "rollback": "Vorige versie"}


@pytest.fixture
def ticket(haarlem: Municipality) -> Ticket:
    return make_ticket(haarlem)


def names(answer: Any) -> list[str]:
    assert answer.status_code == 400, answer.content
    return [each["name"] for each in answer.json()["invalidParams"]]


def test_the_words_of_the_reporter_are_kept_as_his(program: Program, ticket: Ticket) -> None:
    said = act(program, ticket.pk, "replies", {"text": "Het gaat weer.", "channel": "telefoon"})
    solved = act(program, ticket.pk, "solutions", {"text": "Klaar.", "cause": "Een volle schijf"})
    confirmed = act(
        program, ticket.pk, "replies", {"what": "confirm", "text": "Ja, klaar.", "channel": "mail"}
    )
    late = act(program, ticket.pk, "replies", {"what": "withdraw", "text": "Weg.", "channel": "mail"})
    wrong = act(program, ticket.pk, "replies", {"what": "erase", "text": "x", "channel": "portaal"})

    assert [each.status_code for each in (said, solved, confirmed, late)] == [200, 200, 200, 409]
    assert confirmed.json()["status"] == "gesloten"
    assert names(wrong) == ["what", "channel"]


def test_facts_and_a_hotfix_are_kept(program: Program, ticket: Ticket) -> None:
    changed = act(program, ticket.pk, "details", {"kind": "vraag", "component": "Zaken"})
    same = act(program, ticket.pk, "details", {"kind": "vraag", "component": "Zaken"})
    fixed = act(program, ticket.pk, "hotfixes", FIX)
    inside = act(program, ticket.pk, "hotfixes", {**FIX, "upstream": "http://binnen/1"})

    assert (changed.json()["kind"], changed.json()["component"]) == ("vraag", "Zaken")
    assert [each.status_code for each in (same, fixed, inside)] == [409, 200, 409]
    assert Hotfix.objects.get().recorded_by.startswith("API-sleutel ")


def test_it_is_linked_to_what_is_of_its_own_gemeente(
    program: Program, ticket: Ticket, haarlem: Municipality, utrecht: Municipality
) -> None:
    now = timezone.now()
    ours, theirs = make_incident(haarlem), make_incident(utrecht)
    grant, elsewhere = make_grant(haarlem, now=now), make_grant(utrecht, now=now)
    issue = "https://voorbeeld.nl/issues/1"

    linked = act(program, ticket.pk, "links", {"incident": ours.pk, "accessGrant": grant.pk, "issue": issue})
    kept = act(program, ticket.pk, "links", {"issue": ""})
    taken = act(program, ticket.pk, "links", {"incident": None})
    refused = [
        act(program, ticket.pk, "links", body)
        for body in ({"incident": theirs.pk}, {"accessGrant": elsewhere.pk, "issue": issue})
    ]
    unseen = act(program, ticket.pk, "links", {"incident": 999_999})
    nothing = act(program, ticket.pk, "links", {})

    assert linked.status_code == 200, linked.content
    assert [each.status_code for each in (kept, taken, *refused)] == [200, 200, 409, 409]
    assert (names(unseen), names(nothing)) == (["incident"], ["issue"])
    ticket.refresh_from_db()
    assert (ticket.incident, ticket.external_issue, ticket.grants.count()) == (None, "", 1)


def test_without_an_answer_it_is_closed_after_it_was_proposed(program: Program, ticket: Ticket) -> None:
    act(program, ticket.pk, "questions", {"text": "Welke zaak is dit?"})
    early = act(program, ticket.pk, "closings", {"text": "Wij hoorden niets."})
    then = timezone.now() - timedelta(days=20)
    Ticket.objects.filter(pk=ticket.pk).update(waits_since=then - timedelta(days=20))
    TicketEvent.objects.create(
        ticket=ticket,
        municipality_id=ticket.municipality_id,
        at=then,
        recorded_at=then,
        what=What.PROPOSED,
        side=Side.SYSTEEM,
        channel=Channel.INTERN,
        is_public=True,
    )
    done = act(program, ticket.pk, "closings", {"text": "Wij hoorden niets."})

    assert (early.status_code, done.status_code) == (409, 200)
    assert done.json()["status"] == "gesloten"


def test_hours_are_booked_for_it(program: Program, ticket: Ticket, haarlem: Municipality) -> None:
    contract = signed_contract(haarlem)
    kept: dict[str, Any] = {"who": "Inkoop", "why": "Strippenkaart", "on": day(0)}

    none = act(program, ticket.pk, "hours", WORK)
    buy(contract, 600, **kept, person=owner(), now=timezone.now())
    booked = act(program, ticket.pk, "hours", WORK)
    wrong = [act(program, ticket.pk, "hours", {**WORK, **given}) for given in ({"minutes": 0}, {"on": "x"})]
    far = act(program, ticket.pk, "hours", {**WORK, "on": "9999-12-31"})

    assert [each.status_code for each in (none, booked, *wrong, far)] == [409, 200, 400, 400, 409]
    entry = HoursEntry.objects.get(kind="geboekt")
    assert (entry.contract, entry.minutes, entry.ticket_number) == (contract, -90, ticket.number)
    assert entry.recorded_by.startswith("API-sleutel ")
    assert balance_of(contract) == 510


@pytest.mark.parametrize("who", ["other", "partner", "limited"])
def test_a_report_of_others_takes_nothing(
    program: Program, ticket: Ticket, haarlem: Municipality, who: str
) -> None:
    signed_contract(haarlem, overdraft=True)
    stranger = {
        "other": lambda: key_of(*SCOPES, organisation=other_vendor()),
        "partner": lambda: key_of(*SCOPES, organisation=partner_organisation()),
        "limited": lambda: key_of(*SCOPES, schemas=("utrecht",)),
    }[who]()
    etag = program.get(f"/tickets/{ticket.pk}").headers["ETag"]
    bodies: dict[str, Any] = {
        "replies": {"text": "x", "channel": "mail"},
        "details": {"kind": "wens"},
        "links": {"issue": "https://voorbeeld.nl/1"},
        "hotfixes": FIX,
        "closings": {"text": "x"},
        "hours": WORK,
    }

    answers = {
        what: stranger.post(f"/tickets/{ticket.pk}/{what}", body, If_Match=etag).status_code
        for what, body in bodies.items()
    }

    assert set(answers.values()) == {404}, answers
    assert ticket.events.count() == 1
    assert not HoursEntry.objects.exists()


def test_a_partner_that_handles_it_books_no_hours_of_the_host(ticket: Ticket, haarlem: Municipality) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner)
    signed_contract(haarlem, overdraft=True)

    answer = act(key_of("meldingen:write", organisation=partner), ticket.pk, "hours", WORK)

    assert (answer.status_code, answer.json()["code"]) == (409, "not-possible")
    assert not HoursEntry.objects.exists()
