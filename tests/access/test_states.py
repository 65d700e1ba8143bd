"""The one table of states: every act from every state, by every role, of one's own and of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from access.asking import account, confirm, give_back, retract
from access.deciding import Decision, allow, judge, refuse, stop, unmask
from access.ending import ENDED_BY_TIME
from access.models import Emergencies, Grant, Kind, Scope, State
from access.models.grant import PASSES_INTO
from access.refusals import AccessRefused
from access.states import ACTS, Actor
from backoffice.permissions import TABLE as OF_THE_VENDOR
from tenants.accounts.log_words import ACTIONS
from tenants.accounts.models import Membership
from tenants.accounts.person import Person, person_of
from tenants.console.permissions import TABLE as OF_A_MUNICIPALITY
from tenants.registry.context import MunicipalityRequired, WrongMunicipality
from tenants.registry.models import Municipality
from tests.access.grants import make_grant
from tests.people import House, member, partner_organisation

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
DECISION = Decision((Scope.TECHNIEK,), 1, 1)
REFUSALS = (AccessRefused, WrongMunicipality, MunicipalityRequired, Grant.DoesNotExist)
"""In words, by the door of the wrong house, and by there being nothing."""
Done = Callable[[Grant, Person], object]
DOES: Mapping[str, Done] = {
    "retract": lambda grant, person: retract(grant, person=person, now=NOW),
    "allow": lambda grant, person: allow(grant, DECISION, person=person, now=NOW),
    "refuse": lambda grant, person: refuse(grant, "nee", person=person, now=NOW),
    "give_back": lambda grant, person: give_back(grant, person=person, now=NOW),
    "stop": lambda grant, person: stop(grant, "", person=person, now=NOW),
    "unmask": lambda grant, person: unmask(grant, person=person, now=NOW),
    "confirm": lambda grant, person: confirm(grant, person=person, now=NOW),
    "end": lambda grant, person: give_back(grant, person=person, now=NOW),
    "stop_emergency": lambda grant, person: stop(grant, "", person=person, now=NOW),
    "account": lambda grant, person: account(grant, "gedaan", person=person, now=NOW),
    "agree": lambda grant, person: judge(grant, "", agrees=True, person=person, now=NOW),
    "dispute": lambda grant, person: judge(grant, "nee", agrees=False, person=person, now=NOW),
}
MAY: Mapping[str, set[str]] = {
    "retract": {"asker"},
    "allow": {"beheerder"},
    "refuse": {"beheerder"},
    "give_back": {"asker"},
    "stop": {"beheerder", "privacyfunctionaris"},
    "unmask": {"privacyfunctionaris"},
    "confirm": {"eigenaar", "operatie", "helpdesk"},
    "end": {"asker"},
    "stop_emergency": {"beheerder", "privacyfunctionaris"},
    "account": {"asker", "eigenaar", "operatie", "helpdesk"},
    "agree": {"beheerder"},
    "dispute": {"beheerder"},
}
"""By hand, so that nobody gets a hand in it unseen; who is not named is refused."""


@dataclass
class Cast:
    people: dict[str, tuple[House, Membership]]
    grant: Grant

    def tries(self, act: str, who: str) -> bool:
        """Whether it was done."""
        house, membership = self.people[who]
        with house.entered():
            person = person_of(membership.user)
            assert person is not None
            try:
                DOES[act](self.grant, person)
            except REFUSALS:
                return False
        return True


@pytest.fixture
def cast(vendor: House, at_haarlem: House, at_utrecht: House, haarlem: Municipality) -> Cast:
    asker = member(vendor, "helpdesk", "asker@leverancier.example")
    partner = partner_organisation()
    Municipality.objects.filter(pk=haarlem.pk).update(implementation_partner=partner)
    Emergencies.objects.create(municipality=haarlem, allowed=True)
    people = {"asker": (vendor, asker), "neighbour": (at_utrecht, member(at_utrecht, "beheerder"))}
    people |= {role.key: (vendor, member(vendor, role.key)) for role in OF_THE_VENDOR.roles}
    people |= {role.key: (at_haarlem, member(at_haarlem, role.key)) for role in OF_A_MUNICIPALITY.roles}
    people["partner"] = (vendor, member(vendor, "eigenaar", "p@partner.example", organisation=partner))
    people["two hats"] = (at_haarlem, member(at_haarlem, "beheerder", "Asker@leverancier.example"))
    return Cast(people, make_grant(haarlem, now=NOW, asker=asker))


def put(grant: Grant, state: State, *, kind: Kind, until: datetime | None = None) -> None:
    """Bring it into a state, whatever was before."""
    ends = until or NOW + timedelta(hours=1)
    Grant.objects.filter(pk=grant.pk).update(
        state=state, kind=kind, valid_from=NOW - timedelta(hours=1), valid_until=ends, lapses_at=ends
    )
    grant.refresh_from_db()


def kind_for(act: str) -> Kind:
    return Kind.NOOD if ACTS[act].emergency else Kind.GEWOON


@pytest.mark.parametrize("act", ACTS)
def test_who_may_and_nobody_else(cast: Cast, act: str) -> None:
    done = set()
    (before,) = ACTS[act].before
    for who in cast.people:
        put(cast.grant, before, kind=kind_for(act))
        Grant.objects.filter(pk=cast.grant.pk).update(mask_personal_data=True)
        if cast.tries(act, who):
            done.add(who)

    of_hats = {"two hats"} if ACTS[act].actor is Actor.MUNICIPALITY else set()
    assert done == MAY[act] | of_hats


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", Kind)
def test_an_act_goes_from_its_states_alone(cast: Cast, act: str, state: State, kind: Kind) -> None:
    put(cast.grant, state, kind=kind)
    declared = ACTS[act]
    fits = declared.emergency is None or declared.emergency == (kind == Kind.NOOD)
    as_one = {"end": "give_back", "stop_emergency": "stop", "give_back": "end", "stop": "stop_emergency"}
    other = ACTS.get(as_one.get(act, ""))
    by_the_other = other is not None and state in other.before and other.emergency == (kind == Kind.NOOD)

    done = cast.tries(act, min(MAY[act]))

    assert done == ((fits and state in declared.before) or by_the_other)
    cast.grant.refresh_from_db()
    if done and not by_the_other:
        assert cast.grant.state == (declared.after or state)
    if not done:
        assert cast.grant.state == state


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", PASSES_INTO)
def test_what_time_ended_is_ended_at_that_very_moment(cast: Cast, act: str, state: State) -> None:
    put(cast.grant, state, kind=kind_for(act), until=NOW)

    done = cast.tries(act, min(MAY[act]))

    assert done == (PASSES_INTO[state] in ACTS[act].before)


@pytest.mark.parametrize(
    ("moment", "state"), [(0, State.VERLOPEN), (-1, State.VERLOPEN), (1, State.TOEGESTAAN)]
)
def test_the_query_says_what_the_row_says(cast: Cast, moment: int, state: State) -> None:
    put(cast.grant, State.TOEGESTAAN, kind=Kind.GEWOON, until=NOW + timedelta(seconds=moment))

    found: Any = Grant.objects.at(NOW).get()

    assert found.state_now == found.state_at(NOW) == state
    assert Grant.objects.running(NOW).exists() is (state is State.TOEGESTAAN)


def test_every_act_is_tried_and_has_its_words() -> None:
    assert ACTS.keys() == DOES.keys() == MAY.keys()
    assert {act.logged for act in ACTS.values()} | set(ENDED_BY_TIME.values()) <= set(ACTIONS)
