"""Reports that are linked to an incident: what is said of it is answered to each of them, in one act."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from helpdesk.acting import confirm, solve
from helpdesk.models import Ticket, TicketEvent
from helpdesk.of_incidents import MOST, TICKETS
from helpdesk.who import who_is
from helpdesk.words import Status, What
from incidents.acting import say
from incidents.models import Incident, IncidentUpdate, State
from incidents.refusals import IncidentRefused
from tenants.accounts.models import Membership
from tenants.accounts.person import Person
from tenants.registry.models import Municipality
from tests.helpdesk.mail.letters import make_ticket
from tests.incidents.broken import known_person, last_of, make_incident, said
from tests.people import House, browser_of, member


@pytest.fixture
def incident(haarlem: Municipality, utrecht: Municipality) -> Incident:
    return make_incident(haarlem, utrecht)


@pytest.fixture
def reports(ticket: Ticket, of_utrecht: Ticket, incident: Incident) -> list[Ticket]:
    """One of each municipality."""
    Ticket.objects.update(incident=incident)
    return [ticket, of_utrecht]


@pytest.fixture
def person(sam: Membership) -> Person:
    return known_person(sam)


def answers(ticket: Ticket) -> list[str]:
    return list(TicketEvent.objects.filter(ticket=ticket, what=What.ANSWERED).values_list("text", flat=True))


def tell(incident: Incident, person: Person, **given: Any) -> Incident:
    words = said(State.HERSTEL, text="De schijf is vol", seen=last_of(incident), is_answer=True, **given)
    return say(incident, "update", words, person=person, now=timezone.now())


def test_each_is_answered_with_what_was_said(
    incident: Incident, reports: list[Ticket], person: Person
) -> None:
    tell(incident, person)

    for ticket in reports:
        assert answers(ticket) == [f"{incident}: {incident.title}\n\nDe schijf is vol"]
    assert IncidentUpdate.objects.filter(incident=incident, text="De schijf is vol").count() == 1


def test_nothing_is_answered_where_nobody_asked_for_it(
    incident: Incident, reports: list[Ticket], person: Person
) -> None:
    words = said(State.HERSTEL, seen=last_of(incident))
    say(incident, "update", words, person=person, now=timezone.now())

    assert [answers(ticket) for ticket in reports] == [[], []]


def test_what_is_over_is_left_alone(incident: Incident, reports: list[Ticket], person: Person) -> None:
    closed, open_one = reports
    now = timezone.now()
    solve(closed, "Het werkt weer", cause="x", solution="y", who=who_is(person), now=now)
    confirm(closed, who=who_is(person), now=now)
    assert Ticket.objects.get(pk=closed.pk).status == Status.GESLOTEN

    assert TICKETS.count(incident, person=person) == 1
    tell(incident, person)
    assert answers(closed) == []
    assert len(answers(open_one)) == 1


def test_who_sees_reports_only_answers_none(vendor: House, incident: Incident, reports: list[Ticket]) -> None:
    account = known_person(member(vendor, "accountbeheer"))

    assert TICKETS.count(incident, person=account) == 0
    assert TICKETS.shown(incident, person=account)[0] == 2


@pytest.mark.parametrize("role", ["financien"])
def test_who_sees_no_reports_sees_none_here(
    vendor: House, incident: Incident, reports: list[Ticket], role: str
) -> None:
    assert TICKETS.shown(incident, person=known_person(member(vendor, role))) == (0, [])


def test_who_is_limited_counts_what_he_sees(vendor: House, incident: Incident, reports: list[Ticket]) -> None:
    limited = member(vendor, "helpdesk", "u@x.example", municipalities=("utrecht",))

    assert TICKETS.count(incident, person=known_person(limited)) == 1


def test_more_than_can_be_answered_at_once_are_not(
    incident: Incident, haarlem: Municipality, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpdesk.of_incidents.MOST", 2)
    for number in range(3):
        made = make_ticket(haarlem, subject=f"Melding {number}")
        Ticket.objects.filter(pk=made.pk).update(incident=incident)

    assert MOST > 2
    assert TICKETS.count(incident, person=person) == 0
    with pytest.raises(IncidentRefused, match="meer dan 2"):
        tell(incident, person)
    assert not TicketEvent.objects.filter(what=What.ANSWERED).exists()
    assert IncidentUpdate.objects.filter(incident=incident).count() == 1


def test_from_the_page_of_the_incident(
    vendor: House, at_haarlem: House, incident: Incident, reports: list[Ticket], sam: Membership
) -> None:
    browser = browser_of(vendor, sam)
    reader = browser_of(at_haarlem, member(at_haarlem, "lezer"))
    at = f"/storingen/{incident.pk}/"

    assert "2 meldingen gekoppeld" in browser.get(at).content.decode()
    assert "2 gekoppelde meldingen" in browser.get(f"{at}update/").content.decode()
    given = {
        "seen": last_of(incident),
        "text": "De schijf is vol",
        "state": "herstel",
        "severity": "groot",
        "nature": "storing",
        "next_update": "30",
        "is_answer": "on",
    }
    assert browser.post(f"{at}update/", given).status_code == 303
    assert [len(answers(ticket)) for ticket in reports] == [1, 1]
    assert "gekoppeld" not in reader.get(at).content.decode()
