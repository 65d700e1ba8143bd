"""Whose signature or answer is asked hears of it by mail and on every page; the new side may decline."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from handover.around import asked_of_the_vendor
from handover.mails import TOLD, tell_who_answers
from handover.models import Handover
from handover.refusals import HandoverRefused, object_until
from handover.states import ANSWERS, TRANSITIONS, Side, State
from tenants.accounts.models import Membership
from tenants.accounts.rights import Level
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.errands import asked as asked_errands
from tests.errands import delivered
from tests.handover.moves import Cast, begun, bring_to, do, known_person, make_handover, shown, state_of
from tests.people import House, browser_of, member

WAITS = "Overdracht van Haarlem wacht op u."
ASKED = [(state, side) for state, side in ANSWERS.items()]
SIDES = (Side.GEMEENTE, Side.NEW, Side.OLD)


def home(cast: Cast, membership: Membership) -> str:
    at_haarlem = membership is cast.gemeente  # that of another schema may have its key
    house = House.of(cast.municipality if at_haarlem else None)
    return str(browser_of(house, membership).get("/medewerkers/").content.decode())


@pytest.mark.parametrize(("state", "side"), ASKED)
def test_who_is_asked_can_answer(state: State, side: Side) -> None:
    acts = [act for act in TRANSITIONS.values() if act.side is side and state in act.before]
    assert [act for act in acts if act.level == Level.APPROVE] == acts != []


@pytest.mark.parametrize(("state", "asked"), ASKED)
def test_every_page_tells_who_is_asked_and_nobody_else(cast: Cast, state: State, asked: Side) -> None:
    bring_to(cast, state)

    told = {side for side in SIDES if WAITS in home(cast, cast.membership(side))}

    assert told == {asked}


@pytest.mark.parametrize("state", [state for state in State if state not in ANSWERS])
def test_where_nothing_is_asked_nobody_is_told(cast: Cast, state: State) -> None:
    bring_to(cast, state)

    assert [side for side in SIDES if WAITS in home(cast, cast.membership(side))] == []


def test_silence_that_answered_is_asked_nothing_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    until = object_until(shown(bring_to(cast, State.AANVAARD)).handover)
    monkeypatch.setattr("handover.around.timezone.now", lambda: until)

    assert WAITS not in home(cast, cast.former)


@pytest.mark.parametrize("most", [0, 1])
def test_who_is_asked_is_counted_beside_what_silence_answered(
    cast: Cast, utrecht: Municipality, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("handover.around.MOST", most)
    bring_to(cast, State.AANGEVRAAGD)
    long_ago = timezone.now() - timedelta(days=30)
    parties = {"from_organisation_id": cast.new.pk, "to_organisation": cast.old}
    make_handover(utrecht, state=State.AANVAARD, accepted_at=long_ago, **parties)

    around = asked_of_the_vendor(known_person(cast.receiver))

    assert [banner.told for banner in around.banners] == [WAITS] * most
    assert around.counts == {"overdrachten": ("1", True)}


def test_whose_role_does_not_sign_is_told_nothing(cast: Cast) -> None:
    vendor = House.of(None)
    bring_to(cast, State.AANGEVRAAGD)
    operatie = member(vendor, "operatie", "o@dimpact.example", organisation=cast.new)

    assert WAITS not in str(browser_of(vendor, operatie).get("/medewerkers/").content.decode())


@pytest.mark.parametrize(("state", "asked"), [*ASKED, (State.AFGEWEZEN, Side.GEMEENTE)])
def test_who_is_asked_gets_a_mail(
    cast: Cast, state: State, asked: Side, django_capture_on_commit_callbacks: Any
) -> None:
    pk = bring_to(cast, state)

    delivered().clear()
    with django_capture_on_commit_callbacks(execute=True):
        tell_who_answers(pk=pk, state=state.value)

    (letter,) = mail.outbox
    assert letter.to == [cast.membership(asked).user.email]
    at = "/beheer/overdracht/" if asked is Side.GEMEENTE else "/overdrachten/"
    assert f"{at}{pk}/" in letter.body
    assert f"is {state.label.lower()}." in letter.body


def test_a_mail_goes_to_those_who_may_sign_it_here(
    cast: Cast, utrecht: Municipality, django_capture_on_commit_callbacks: Any
) -> None:
    vendor = House.of(None)
    pk = bring_to(cast, State.AANGEVRAAGD)
    member(vendor, "operatie", "o@dimpact.example", organisation=cast.new)
    member(vendor, "eigenaar", "u@dimpact.example", organisation=cast.new, municipalities=("utrecht",))
    with in_municipality(utrecht):
        member(House.of(utrecht), "beheerder", "b@utrecht.example")

    delivered().clear()
    with django_capture_on_commit_callbacks(execute=True):
        tell_who_answers(pk=pk, state="aangevraagd")

    assert [letter.to for letter in mail.outbox] == [["nieuw@dimpact.example"]]


def test_nobody_is_mailed_of_a_state_that_is_over(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    pk = bring_to(cast, State.AANVAARD)

    delivered().clear()
    with django_capture_on_commit_callbacks(execute=True):
        tell_who_answers(pk=pk, state="aangevraagd")
        tell_who_answers(pk=pk + 1, state="aanvaard")

    assert mail.outbox == []


def test_an_errand_is_written_with_each_state_that_asks_something(cast: Cast) -> None:
    pk = bring_to(cast, State.GESCHIL)

    states = [each["state"] for each in asked_errands("overdracht") if each["pk"] == pk]
    assert states == ["concept", "aangevraagd", "aanvaard", "geschil"]
    assert set(states) | {"afgewezen"} == TOLD


def test_the_new_side_declines_with_a_reason(cast: Cast) -> None:
    vendor, pk = House.of(None), bring_to(cast, State.AANGEVRAAGD)
    theirs, address = browser_of(vendor, cast.receiver), f"/overdrachten/{pk}/afwijzen/"
    assert address in theirs.get(f"/overdrachten/{pk}/").content.decode()

    assert theirs.post(address, {"seen": "aangevraagd", "words": " "}).status_code == 422
    assert state_of(pk) == State.AANGEVRAAGD
    assert theirs.post(address, {"seen": "aangevraagd", "words": "Geen plek"}).status_code == 303

    assert state_of(pk) == State.AFGEWEZEN
    page = browser_of(House.of(cast.municipality), cast.gemeente).get(f"/overdracht/{pk}/")
    assert "Geen plek" in page.content.decode()
    assert "Afgewezen" in page.content.decode()
    assert Municipality.objects.get(pk=cast.municipality.pk).vendor == cast.old


def test_the_old_side_cannot_decline(cast: Cast) -> None:
    pk = bring_to(cast, State.AANGEVRAAGD)
    former = browser_of(House.of(None), cast.former)

    answer = former.post(f"/overdrachten/{pk}/afwijzen/", {"seen": "aangevraagd", "words": "Nee"})

    assert (answer.status_code, state_of(pk)) == (409, State.AANGEVRAAGD)


def test_what_was_signed_is_not_declined_any_more(cast: Cast) -> None:
    pk = bring_to(cast, State.AANVAARD)

    with pytest.raises(HandoverRefused):
        do(cast, pk, "afwijzen", Side.NEW)


def test_after_a_refusal_another_is_asked(cast: Cast) -> None:
    bring_to(cast, State.AFGEWEZEN)

    again = begun(cast)

    assert Handover.objects.get(pk=again).begun_at <= timezone.now()
    assert state_of(again) == State.CONCEPT
