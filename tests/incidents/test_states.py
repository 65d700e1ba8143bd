"""The one table of states: every act from every state, by every role, of one's own and of others."""

from __future__ import annotations

from typing import Any

import pytest

from backoffice.permissions import TABLE
from incidents.acting import concern, release, say
from incidents.models import OVER, RUNNING, Concerned, Incident, IncidentUpdate, State
from incidents.refusals import IncidentRefused
from incidents.states import ACTS, CONCERNS
from tenants.accounts.log_words import ACTIONS
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality
from tests.incidents.broken import NOW, begun, known_person, last_of, make_incident, said
from tests.people import House, member, partner_organisation

MAY = {"eigenaar", "operatie", "helpdesk"}
FOLLOWS = [(key, before, after) for key in ACTS for before in State for after in State]
ALLOWED = {
    *(("update", before, after) for before in RUNNING for after in RUNNING),
    *(("oplossen", before, State.OPGELOST) for before in RUNNING),
    *(("vals-alarm", before, State.VALS_ALARM) for before in RUNNING),
    *(("heropenen", before, after) for before in (State.OPGELOST, State.VALS_ALARM) for after in RUNNING),
    ("evalueren", State.OPGELOST, State.GEEVALUEERD),
    *(("aanvullen", state, state) for state in OVER),
}
"""By hand: what the table says is held to it."""


def tell(incident: Incident, key: str, after: State, membership: Membership, **given: Any) -> Incident:
    words = said(after, cause="Een volle schijf", prevention="Meten", seen=last_of(incident), **given)
    return say(incident, key, words, person=known_person(membership), now=NOW)


@pytest.fixture
def operator(vendor: House) -> Membership:
    return member(vendor, "operatie")


@pytest.mark.parametrize(("key", "before", "after"), FOLLOWS)
def test_an_act_leads_where_the_table_says_and_nowhere_else(
    haarlem: Municipality, operator: Membership, key: str, before: State, after: State
) -> None:
    incident = make_incident(haarlem, state=before)
    count = IncidentUpdate.objects.count()
    done = True
    try:
        tell(incident, key, after, operator)
    except IncidentRefused:
        done = False

    incident.refresh_from_db()
    assert done is ((key, before, after) in ALLOWED)
    assert incident.state == (after if done else before)
    assert IncidentUpdate.objects.count() == count + done


@pytest.mark.parametrize("state", State)
def test_whom_it_concerns_is_changed_while_that_is_found_out(
    haarlem: Municipality, utrecht: Municipality, operator: Membership, state: State
) -> None:
    incident = make_incident(haarlem, state=state)
    if state in CONCERNS:
        assert concern(incident, [utrecht], person=known_person(operator), now=NOW) == 1
    else:
        with pytest.raises(IncidentRefused, match="kan dit niet"):
            concern(incident, [utrecht], person=known_person(operator), now=NOW)
    assert Concerned.objects.filter(incident=incident).count() == 1 + (state in CONCERNS)


@pytest.mark.parametrize("role", [role.key for role in TABLE.roles])
def test_who_may_is_what_the_table_of_rights_says(vendor: House, haarlem: Municipality, role: str) -> None:
    person, incident = member(vendor, role), make_incident(haarlem)
    if role in MAY:
        tell(incident, "update", State.HERSTEL, person)
        begun(person, haarlem)
    else:
        with pytest.raises(IncidentRefused):
            tell(incident, "update", State.HERSTEL, person)
        with pytest.raises(IncidentRefused):
            begun(person, haarlem)
    assert Incident.objects.count() == 1 + (role in MAY)
    assert IncidentUpdate.objects.count() == 1 + 2 * (role in MAY)


def test_another_organisation_says_nothing_of_ours(vendor: House, haarlem: Municipality) -> None:
    partner = partner_organisation()
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner)
    theirs = member(vendor, "eigenaar", "p@partner.example", organisation=partner)
    incident = make_incident(haarlem)

    with pytest.raises(IncidentRefused, match="Alleen die plaatst updates"):
        tell(incident, "update", State.HERSTEL, theirs)
    with pytest.raises(IncidentRefused, match="Alleen die plaatst updates"):
        concern(incident, [haarlem], person=known_person(theirs), now=NOW)


def test_who_does_not_see_all_whom_it_concerns_says_nothing_to_them(
    vendor: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    limited = member(vendor, "helpdesk", "u@x.example", municipalities=("utrecht",))
    both, own = make_incident(haarlem, utrecht), make_incident(utrecht)

    with pytest.raises(IncidentRefused, match="die u niet ziet"):
        tell(both, "update", State.HERSTEL, limited)
    tell(own, "update", State.HERSTEL, limited)


def test_who_does_not_see_a_municipality_names_it_in_no_incident(
    vendor: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    limited = member(vendor, "helpdesk", "u@x.example", municipalities=("utrecht",))
    incident = make_incident(utrecht)

    with pytest.raises(IncidentRefused, match="die u ziet"):
        begun(limited, haarlem, utrecht)
    with pytest.raises(IncidentRefused, match="die u ziet"):
        concern(incident, [haarlem], person=known_person(limited), now=NOW)
    assert not Concerned.objects.filter(municipality=haarlem).exists()


def test_the_last_one_stays(haarlem: Municipality, operator: Membership) -> None:
    incident = make_incident(haarlem)
    held = list(Concerned.objects.values_list("pk", flat=True))

    with pytest.raises(IncidentRefused, match="minstens één"):
        release(incident, held, person=known_person(operator), now=NOW)
    assert Concerned.objects.still().count() == 1


def test_the_log_knows_every_act_in_words() -> None:
    assert {act.logged for act in ACTS.values()} <= ACTIONS.keys()
