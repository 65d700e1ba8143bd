"""What the vendor says of an incident: once, for all, and never otherwise than by a next update."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction

from backoffice.models import LogLine
from incidents.acting import LATEST_UPDATE, SOONEST_UPDATE, concern, release, say
from incidents.models import Concerned, Incident, IncidentUpdate, Nature, Severity, State
from incidents.refusals import IncidentRefused, IncidentStale
from tenants.accounts.models import Membership
from tenants.registry.context import WrongMunicipality, in_municipality
from tenants.registry.models import Municipality
from tests.incidents.broken import (
    NOW,
    add_update,
    begun,
    known_person,
    last_of,
    make_incident,
    said,
)
from tests.people import House, member

LATER = NOW + timedelta(minutes=20)
BEFORE = timedelta(microseconds=1)


@pytest.fixture
def operator(vendor: House) -> Membership:
    return member(vendor, "operatie")


def told(incident: Incident, key: str, membership: Membership, state: State, **given: Any) -> Incident:
    words = said(state, **{"seen": last_of(incident), **given})
    return say(incident, key, words, person=known_person(membership), now=LATER)


def test_it_begins_with_what_is_said_first(
    haarlem: Municipality, utrecht: Municipality, operator: Membership
) -> None:
    incident = begun(operator, haarlem, utrecht)

    update = IncidentUpdate.objects.get(incident=incident)
    assert (update.text, update.state, update.author_name) == ("Wij zoeken", "onderzoek", "Operatie")
    assert incident.next_update_at == update.next_update_at == NOW + timedelta(hours=1)
    assert incident.number == f"ST-{incident.pk:04}"
    assert Concerned.objects.filter(incident=incident, to_tell=True, until=None).count() == 2
    line = LogLine.objects.get(action="storing gemeld")
    assert (line.subject, line.changes["gemeenten"], line.municipality) == (incident.number, [None, 2], "")


def test_no_bsn_is_kept_of_what_is_said(haarlem: Municipality, operator: Membership) -> None:
    """111222333 passes the eleven test; all whom it concerns would read it."""
    words = "Zie BSN 111222333 van de melder"
    incident = begun(operator, haarlem, title=words, component=words, said=said(text=words))
    told(incident, "oplossen", operator, State.OPGELOST, text=words, cause=words)
    told(incident, "evalueren", operator, State.GEEVALUEERD, text=words, cause=words, prevention=words)

    rows = [Incident.objects.get().__dict__, *(each.__dict__ for each in IncidentUpdate.objects.all())]
    assert "111222333" not in str(rows)
    assert str(rows).count("BSN •••••••••") == 7
    begun(operator, haarlem, title=words)
    with pytest.raises(IncidentStale, match="meldde dit al"):
        begun(operator, haarlem, title=words)


def test_how_it_stands_is_what_was_said_last(haarlem: Municipality, operator: Membership) -> None:
    incident = begun(operator, haarlem)

    told(incident, "update", operator, State.HERSTEL, severity=Severity.KRITIEK, nature=Nature.DATALEK)

    incident.refresh_from_db()
    assert (incident.state, incident.severity, incident.nature) == ("herstel", "kritiek", "datalek")
    assert incident.nature_since == incident.last_update_at == LATER
    assert LogLine.objects.get(action="update over storing geplaatst").changes["staat"] == [
        "onderzoek",
        "herstel",
    ]


def test_what_is_known_from_the_begin_counts_from_when_it_was_found(
    haarlem: Municipality, operator: Membership
) -> None:
    incident = begun(
        operator, haarlem, said=said(nature=Nature.DATALEK), detected_at=NOW - timedelta(minutes=30)
    )

    assert incident.nature_since == NOW - timedelta(minutes=30)
    told(incident, "update", operator, State.ONDERZOEK, nature=Nature.BEVEILIGING)
    incident.refresh_from_db()
    assert incident.nature_since == NOW - timedelta(minutes=30)
    told(incident, "update", operator, State.ONDERZOEK)
    incident.refresh_from_db()
    assert incident.nature_since is None


def test_from_resolved_to_evaluated_and_completed(haarlem: Municipality, operator: Membership) -> None:
    incident = begun(operator, haarlem)

    told(incident, "oplossen", operator, State.OPGELOST, cause="Een volle schijf")
    told(incident, "evalueren", operator, State.GEEVALUEERD, cause="Een vol logboek", prevention="Meten")
    told(incident, "aanvullen", operator, State.GEEVALUEERD, cause="anders", prevention="anders")

    incident.refresh_from_db()
    assert (incident.cause, incident.prevention) == ("Een vol logboek", "Meten")
    assert (incident.resolved_at, incident.next_update_at) == (LATER, None)
    assert IncidentUpdate.objects.filter(incident=incident).count() == 4


def test_what_is_opened_again_is_not_resolved(haarlem: Municipality, operator: Membership) -> None:
    incident = make_incident(haarlem, state=State.OPGELOST)

    told(incident, "heropenen", operator, State.HERSTEL)

    incident.refresh_from_db()
    assert (incident.state, incident.resolved_at) == ("herstel", None)
    assert incident.next_update_at is not None


@pytest.mark.parametrize(
    ("key", "state", "given", "why"),
    [
        ("update", State.HERSTEL, {"text": "  "}, "wat de gemeenten moeten weten"),
        ("oplossen", State.OPGELOST, {"cause": " "}, "wat de oorzaak was"),
        ("update", State.HERSTEL, {"next_update": None}, "Beloof een volgende update"),
        ("oplossen", State.OPGELOST, {"cause": "x", "next_update": timedelta(hours=1)}, "Beloof een"),
        ("update", State.HERSTEL, {"next_update": SOONEST_UPDATE - BEFORE}, "binnen drie dagen"),
        ("update", State.HERSTEL, {"next_update": LATEST_UPDATE + BEFORE}, "binnen drie dagen"),
    ],
)
def test_what_is_missing_is_refused_and_writes_nothing(
    haarlem: Municipality, operator: Membership, key: str, state: State, given: dict[str, Any], why: str
) -> None:
    incident = make_incident(haarlem)
    before = Incident.objects.values().get(pk=incident.pk)

    with pytest.raises(IncidentRefused, match=why):
        told(incident, key, operator, state, **given)

    assert Incident.objects.values().get(pk=incident.pk) == before
    assert IncidentUpdate.objects.count() == 1


def test_an_evaluation_says_what_keeps_it_away(haarlem: Municipality, operator: Membership) -> None:
    incident = make_incident(haarlem, state=State.OPGELOST)

    with pytest.raises(IncidentRefused, match="herhaling"):
        told(incident, "evalueren", operator, State.GEEVALUEERD, cause="x")


@pytest.mark.parametrize("promise", [SOONEST_UPDATE, LATEST_UPDATE])
def test_the_next_update_may_be_promised_at_both_ends(
    haarlem: Municipality, operator: Membership, promise: timedelta
) -> None:
    incident = make_incident(haarlem)

    told(incident, "update", operator, State.HERSTEL, next_update=promise)

    incident.refresh_from_db()
    assert incident.next_update_at == LATER + promise


def test_whoever_had_not_read_the_last_update_reads_it_first(
    haarlem: Municipality, operator: Membership
) -> None:
    incident = make_incident(haarlem)
    read = last_of(incident)
    add_update(incident, author_name="Bo", state=State.HERSTEL)

    with pytest.raises(IncidentStale, match="Bo plaatste vandaag 10:00 een update: herstel"):
        told(incident, "update", operator, State.HERSTEL, seen=read)
    assert IncidentUpdate.objects.count() == 2


def test_the_same_form_twice_is_one_update(haarlem: Municipality, operator: Membership) -> None:
    incident = make_incident(haarlem)
    words = said(State.HERSTEL, seen=last_of(incident))
    person = known_person(operator)

    say(incident, "update", words, person=person, now=LATER)
    with pytest.raises(IncidentStale):
        say(incident, "update", words, person=person, now=LATER)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"started_at": NOW + BEFORE, "detected_at": NOW + BEFORE}, "niet in de toekomst"),
        ({"started_at": NOW, "detected_at": NOW - BEFORE}, "voor zij ontdekt wordt"),
        ({"said": said(text="")}, "moeten weten"),
        ({"said": said(State.VALS_ALARM)}, "waarin zij loopt"),
        ({"title": " "}, "wat niet werkt"),
    ],
)
def test_a_begin_that_cannot_be_is_refused(
    haarlem: Municipality, operator: Membership, given: dict[str, Any], why: str
) -> None:
    with pytest.raises(IncidentRefused, match=why):
        begun(operator, haarlem, **given)
    assert not Incident.objects.exists()


def test_it_may_begin_and_be_found_at_this_very_moment(haarlem: Municipality, operator: Membership) -> None:
    assert begun(operator, haarlem, started_at=NOW, detected_at=NOW).started_at == NOW


def test_the_same_incident_begins_once(
    haarlem: Municipality, utrecht: Municipality, operator: Membership
) -> None:
    incident = begun(operator, haarlem)

    with pytest.raises(IncidentStale, match=f"{incident.number} loopt"):
        begun(operator, utrecht)
    told(incident, "vals-alarm", operator, State.VALS_ALARM)
    begun(operator, haarlem)
    assert Incident.objects.count() == 2


def test_an_incident_concerns_somebody(operator: Membership, db: None) -> None:
    with pytest.raises(IncidentRefused, match="Kies welke gemeenten"):
        begun(operator)


def test_a_municipality_that_has_ended_is_not_concerned(haarlem: Municipality, operator: Membership) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(status=Municipality.Status.BEEINDIGD)

    with pytest.raises(IncidentRefused, match="in gebruik"):
        begun(operator, haarlem)


def test_it_concerns_one_again_that_it_did_not_any_more(
    haarlem: Municipality, utrecht: Municipality, operator: Membership
) -> None:
    incident, person = make_incident(haarlem, utrecht), known_person(operator)
    held = Concerned.objects.get(incident=incident, municipality=utrecht)

    assert release(incident, [held.pk], person=person, now=LATER) == 1
    held.refresh_from_db()
    assert held.until == LATER
    with pytest.raises(IncidentStale, match="nu raakt"):
        release(incident, [held.pk], person=person, now=LATER)
    assert concern(incident, [haarlem, utrecht], person=person, now=LATER) == 1
    held.refresh_from_db()
    assert (held.until, held.to_tell) == (None, True)
    assert concern(incident, [haarlem, utrecht], person=person, now=LATER) == 0
    assert LogLine.objects.filter(action="gemeenten aan storing toegevoegd").count() == 1


def test_a_row_of_another_incident_is_not_released(
    haarlem: Municipality, utrecht: Municipality, operator: Membership
) -> None:
    one, other = make_incident(haarlem, utrecht), make_incident(haarlem, utrecht)
    held = Concerned.objects.get(incident=other, municipality=utrecht)

    with pytest.raises(IncidentStale):
        release(one, [held.pk], person=known_person(operator), now=LATER)
    held.refresh_from_db()
    assert held.until is None


@pytest.mark.parametrize("act", ["update", "delete"])
def test_what_was_said_is_never_rewritten(haarlem: Municipality, act: str) -> None:
    rows = IncidentUpdate.objects.filter(incident=make_incident(haarlem))

    with pytest.raises((InternalError, IntegrityError), match="append-only"), transaction.atomic():
        rows.update(text="anders") if act == "update" else rows.delete()


def test_a_municipality_acts_on_nothing(haarlem: Municipality, operator: Membership) -> None:
    incident, person = make_incident(haarlem), known_person(operator)

    with in_municipality(haarlem), pytest.raises(WrongMunicipality):
        say(incident, "update", said(State.HERSTEL), person=person, now=NOW)
    with in_municipality(haarlem), pytest.raises(WrongMunicipality):
        concern(incident, [haarlem], person=person, now=NOW)
