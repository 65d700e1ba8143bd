"""The one table of states: every transition, by every role of every side, in every state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from backoffice.permissions import TABLE as OF_THE_VENDOR
from handover.models import Handover
from handover.refusals import Actor, HandoverRefused, Known, Stale, object_until, standing, why_not
from handover.states import AREA, TRANSITIONS, Side, State
from tenants.accounts.person import Person
from tenants.accounts.side import side_of
from tenants.console.permissions import TABLE as OF_A_MUNICIPALITY
from tests.handover.moves import Cast, begun, bring_to, do, do_tasks, known_person, shown, state_of
from tests.people import House, member

SIDES = (Side.GEMEENTE, Side.NEW, Side.OLD, None)
"""None is whoever is of neither side: another organisation, another municipality."""


def actors(cast: Cast) -> Iterator[tuple[str, Actor]]:
    """Every role of each console on every side, that console's own and others alike."""
    for console, table in (("municipality", OF_A_MUNICIPALITY), ("vendor", OF_THE_VENDOR)):
        for role in table.roles:
            membership = type(cast.gemeente)(user=cast.gemeente.user, role=role.key)
            person = Person(cast.gemeente.user, membership, side_of(console))
            for side in SIDES:
                if (console == "municipality") == (side is Side.GEMEENTE) or side is None:
                    yield f"{console} {role.key} {side}", Actor(person, side)


@pytest.mark.parametrize("key", TRANSITIONS)
def test_an_act_is_for_its_side_its_role_and_its_states(cast: Cast, key: str) -> None:
    transition, now = TRANSITIONS[key], timezone.now()
    tables = {True: OF_A_MUNICIPALITY, False: OF_THE_VENDOR}
    wrong = []
    for state in State:
        handover = Handover(state=state, municipality_name="Haarlem", to_name="B", from_name="A")
        handover.planned_at = now
        for name, actor in actors(cast):
            table = tables[actor.side is Side.GEMEENTE]
            expected = (
                actor.side is transition.side
                and state in transition.before
                and table.level(AREA, actor.person.role) >= transition.level
            )
            refusal = why_not(key, Known(handover, [], []), actor=actor, now=now)
            if bool(refusal) is expected or (refusal and not refusal.endswith(".")):
                wrong.append((state, name, refusal))
    assert wrong == []


@pytest.mark.parametrize("state", State)
def test_every_state_is_reached_by_its_acts_alone(cast: Cast, state: State) -> None:
    assert state_of(bring_to(cast, state)) == state


@pytest.mark.parametrize("key", [key for key, each in TRANSITIONS.items() if each.side is not Side.TIME])
def test_nobody_but_its_side_acts(cast: Cast, key: str) -> None:
    """With the rows of the database, by the highest of the two others; and nothing is written."""
    transition = TRANSITIONS[key]
    pk = bring_to(cast, transition.before[-1])
    before = shown(pk)
    for side in {Side.GEMEENTE, Side.NEW, Side.OLD} - {transition.side}:
        with pytest.raises(HandoverRefused):
            do(cast, pk, key, side)
    after = shown(pk)
    assert (after.handover.state, len(after.entries)) == (before.handover.state, len(before.entries))


def test_silence_confirms_at_the_end_of_the_fifth_working_day(cast: Cast) -> None:
    pk = bring_to(cast, State.AANVAARD)
    handover = shown(pk).handover
    until = object_until(handover)

    assert until is not None
    assert standing(handover, until - timedelta(microseconds=1)) is State.AANVAARD
    assert standing(handover, until) is State.BEVESTIGD
    with pytest.raises(HandoverRefused, match="stilzwijgend"):
        do(cast, pk, "bezwaar", Side.OLD, seen=State.BEVESTIGD, now=until)
    do(cast, pk, "voorbereiden", Side.NEW, seen=State.BEVESTIGD, now=until)
    assert [each.act for each in shown(pk).entries][:2] == ["voorbereiden", "stilzwijgend"]


def test_an_objection_in_time_leaves_the_gemeente_to_decide(cast: Cast) -> None:
    pk = bring_to(cast, State.GESCHIL)

    with pytest.raises(HandoverRefused):
        do(cast, pk, "bevestigen", Side.OLD)
    with pytest.raises(HandoverRefused):
        do(cast, pk, "voorbereiden", Side.NEW)
    do(cast, pk, "doorgaan", Side.GEMEENTE)

    assert state_of(pk) == State.BEVESTIGD


def test_tasks_of_the_old_side_hold_nothing_up(cast: Cast) -> None:
    pk = bring_to(cast, State.GEPLAND)
    with pytest.raises(HandoverRefused, match="taken open: 2"):
        do(cast, pk, "overdragen", Side.NEW)
    do_tasks(cast, pk)

    do(cast, pk, "overdragen", Side.NEW)

    assert [each.key for each in shown(pk).tasks if each.done_at is None] == ["kennis"]


def test_it_is_not_handed_over_before_the_planned_moment(cast: Cast) -> None:
    pk = bring_to(cast, State.GEPLAND)
    do_tasks(cast, pk)
    moment = shown(pk).handover.planned_at

    with pytest.raises(HandoverRefused, match="geplande moment"):
        do(cast, pk, "overdragen", Side.NEW, now=moment - timedelta(microseconds=1))
    do(cast, pk, "overdragen", Side.NEW, now=moment)


def test_who_saw_another_state_is_told_who_was_first(cast: Cast) -> None:
    pk = bring_to(cast, State.AANGEVRAAGD)

    with pytest.raises(Stale, match="beheerder@haarlem"):
        do(cast, pk, "aanvaarden", Side.NEW, seen=State.CONCEPT)
    with pytest.raises(Stale, match="is intussen aangevraagd"):
        do(cast, pk, "aanvragen", Side.GEMEENTE, seen=State.CONCEPT)


def test_one_human_with_two_hats_signs_for_one_side(cast: Cast) -> None:
    pk = begun(cast)
    hats = member(House.of(None), "eigenaar", cast.gemeente.user.email.upper(), organisation=cast.new)
    do(cast, pk, "aanvragen", Side.GEMEENTE)

    with pytest.raises(HandoverRefused, match="andere partij"):
        do(cast, pk, "aanvaarden", Side.NEW, by=hats)
    assert known_person(hats).organisation_id == cast.new.pk
    assert state_of(pk) == State.AANGEVRAAGD
