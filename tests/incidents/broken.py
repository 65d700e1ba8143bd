"""Something that is broken, and what is said of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from incidents.acting import Said, Wish, begin
from incidents.models import Concerned, Incident, IncidentUpdate, Nature, Severity, State
from tenants.accounts.invitations import make_user
from tenants.accounts.models import Membership, User
from tenants.accounts.person import Person, person_of
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.people import vendor_organisation

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
AUTHOR = "operatie@leverancier.example"
RUNS = {"severity": Severity.GROOT, "nature": Nature.STORING}
STANDS: dict[State, dict[str, Any]] = {
    State.ONDERZOEK: {"next_update_at": NOW + timedelta(hours=1)},
    State.OORZAAK_BEKEND: {"next_update_at": NOW + timedelta(hours=1)},
    State.HERSTEL: {"next_update_at": NOW + timedelta(hours=1)},
    State.OPGELOST: {"resolved_at": NOW, "cause": "Een volle schijf"},
    State.GEEVALUEERD: {"resolved_at": NOW, "cause": "Een volle schijf", "prevention": "Meten"},
    State.VALS_ALARM: {},
}


def make_incident(
    *municipalities: Municipality, state: State = State.ONDERZOEK, text: str = "Wij zoeken", **given: Any
) -> Incident:
    """In public, with one update; of the vendor's organisation where no other is given."""
    user = User.objects.filter(email=AUTHOR).first() or make_user(AUTHOR, None, name="Olga")
    organisation = given.pop("organisation", None) or vendor_organisation()
    stands = {**STANDS[state], **given}
    incident = Incident.objects.create(
        **{
            "organisation": organisation,
            "organisation_name": organisation.name,
            "created_by": user,
            "title": "Zaken openen duurt lang",
            "component": "Zaken",
            "severity": Severity.GROOT,
            "state": state,
            "started_at": NOW - timedelta(hours=2),
            "detected_at": NOW - timedelta(hours=1),
            "last_update_at": NOW,
            **stands,
        }
    )
    for each in municipalities:
        Concerned.objects.create(incident=incident, municipality=each, since=NOW - timedelta(hours=1))
    add_update(incident, text=text)
    return incident


def add_update(incident: Incident, **given: Any) -> IncidentUpdate:
    return IncidentUpdate.objects.create(
        **{
            "incident": incident,
            "at": NOW,
            "state": incident.state,
            "severity": incident.severity,
            "nature": incident.nature,
            "text": "Wij zoeken",
            "author_name": "Olga",
            "next_update_at": incident.next_update_at,
            **given,
        }
    )


def said(state: State = State.ONDERZOEK, **given: Any) -> Said:
    runs = state in {State.ONDERZOEK, State.OORZAAK_BEKEND, State.HERSTEL}
    return Said(
        **{
            "text": "Wij zoeken",
            "state": state,
            "next_update": timedelta(hours=1) if runs else None,
            **RUNS,
            **given,
        }
    )


def wish(**given: Any) -> Wish:
    began = NOW - timedelta(hours=1)
    return Wish(
        **{
            "title": "Zaken openen duurt lang",
            "component": "Zaken",
            "started_at": began,
            "detected_at": NOW,
            "said": said(),
            **given,
        }
    )


def begun(membership: Membership, *municipalities: Municipality, **given: Any) -> Incident:
    return begin(wish(**given), municipalities, person=known_person(membership), now=NOW)


def known_person(membership: Membership) -> Person:
    """On the vendor's side."""
    with for_vendor():
        person = person_of(membership.user)
    assert person is not None
    return person


def last_of(incident: Incident) -> int:
    last = IncidentUpdate.objects.filter(incident=incident).order_by("-pk").first()
    assert last is not None
    return last.pk
