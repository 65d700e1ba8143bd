"""The first administrator, as long as nobody came: the vendor shows, resends and withdraws."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from backoffice.models import LogLine
from tenants.accounts.invitations import invite_first, take_up_as_newcomer
from tenants.accounts.models import Invitation
from tenants.console.models import LogLine as OwnLine
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.backoffice.conftest import As, text
from tests.errands import delivered
from tests.people import PASSWORD, Browser, House, member

WRONG, RIGHT = "n0or@haarlem.example", "noor@haarlem.example"


@pytest.fixture
def invited(haarlem: Municipality) -> Invitation:
    with in_municipality(haarlem):
        sent = invite_first(WRONG, seen=None, asked_by="", site="http://haarlem.localhost")
    delivered().clear()
    return sent


def open_ones(haarlem: Municipality) -> list[str]:
    with in_municipality(haarlem):
        return [each.email for each in Invitation.objects.open(timezone.now())]


def page_of(browser: Browser, haarlem: Municipality) -> str:
    return text(browser.get(f"/gemeenten/{haarlem.pk}/"))


def test_who_was_invited_is_shown_with_what_can_be_done(
    boss: Browser, signed_in: As, haarlem: Municipality, invited: Invitation
) -> None:
    page = page_of(boss, haarlem)
    assert WRONG in page
    assert "Nodig opnieuw uit" in page
    assert "Trek in" in page

    page = page_of(signed_in("helpdesk"), haarlem)
    assert WRONG in page
    assert "Nodig opnieuw uit" not in page


def test_where_nobody_was_invited_somebody_can_be(boss: Browser, haarlem: Municipality) -> None:
    assert "Er is niemand uitgenodigd." in page_of(boss, haarlem)

    answer = boss.post(f"/gemeenten/{haarlem.pk}/beheerder/", {"email": RIGHT, "seen": ""})

    assert answer.status_code == 303
    assert open_ones(haarlem) == [RIGHT]


def test_another_address_takes_the_place_of_the_wrong_one(
    boss: Browser, haarlem: Municipality, invited: Invitation
) -> None:
    address = f"/gemeenten/{haarlem.pk}/beheerder/"
    assert WRONG in text(boss.get(address))

    answer = boss.post(address, {"email": RIGHT, "seen": invited.pk})

    assert answer.status_code == 303
    assert open_ones(haarlem) == [RIGHT]
    (sent,) = delivered()
    assert sent.to == [RIGHT]
    assert "http://haarlem.localhost" in sent.body
    assert "/beheer/" in sent.body
    assert "Beheerder" in sent.body


def test_it_is_logged_on_both_sides(boss: Browser, haarlem: Municipality, invited: Invitation) -> None:
    boss.post(f"/gemeenten/{haarlem.pk}/beheerder/", {"email": RIGHT, "seen": invited.pk})

    line = LogLine.objects.get(action="eerste beheerder uitgenodigd")
    assert (line.municipality, line.changes) == ("haarlem", {"e-mailadres": [None, RIGHT]})
    with in_municipality(haarlem):
        withdrawn, sent = OwnLine.objects.exclude(subject=WRONG, action="uitgenodigd").order_by("pk")
    assert (withdrawn.action, withdrawn.subject) == ("uitnodiging ingetrokken", WRONG)
    assert (sent.action, sent.subject) == ("uitgenodigd", RIGHT)
    assert sent.changes["gevraagd door"] == [None, "eigenaar@localhost.example"]


def test_it_is_withdrawn_and_logged_on_both_sides(
    boss: Browser, haarlem: Municipality, invited: Invitation
) -> None:
    address = f"/gemeenten/{haarlem.pk}/beheerder/intrekken/"
    assert WRONG in text(boss.get(address))

    answer = boss.post(address, {"seen": invited.pk})

    assert answer.status_code == 303
    assert open_ones(haarlem) == []
    assert LogLine.objects.get(action="uitnodiging ingetrokken").municipality == "haarlem"
    with in_municipality(haarlem):
        assert OwnLine.objects.filter(action="uitnodiging ingetrokken").count() == 1
    page = page_of(boss, haarlem)
    assert "ingetrokken" in page
    assert "Trek in" not in page
    assert boss.post(address, {"seen": invited.pk}).status_code == 422


def test_one_that_ran_out_is_sent_again(boss: Browser, haarlem: Municipality, invited: Invitation) -> None:
    with in_municipality(haarlem):
        Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "verlopen" in page_of(boss, haarlem)

    answer = boss.post(f"/gemeenten/{haarlem.pk}/beheerder/", {"email": WRONG, "seen": invited.pk})

    assert answer.status_code == 303
    assert open_ones(haarlem) == [WRONG]


def test_a_second_click_sends_no_second_mail(
    boss: Browser, haarlem: Municipality, invited: Invitation
) -> None:
    given = {"email": RIGHT, "seen": invited.pk}

    first, second = (boss.post(f"/gemeenten/{haarlem.pk}/beheerder/", given) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 422)
    assert len(delivered()) == 1


@pytest.mark.parametrize("path", ["beheerder/", "beheerder/intrekken/"])
def test_once_somebody_came_its_own_people_do_it(
    boss: Browser, haarlem: Municipality, invited: Invitation, path: str
) -> None:
    with in_municipality(haarlem):
        take_up_as_newcomer(invited, name="Noor", password=PASSWORD)

    assert WRONG not in page_of(boss, haarlem)
    assert boss.get(f"/gemeenten/{haarlem.pk}/{path}").status_code == 404
    assert boss.post(f"/gemeenten/{haarlem.pk}/{path}", {"email": RIGHT}).status_code == 404


@pytest.mark.parametrize("path", ["beheerder/", "beheerder/intrekken/"])
def test_who_may_not_does_not(
    signed_in: As, haarlem: Municipality, utrecht: Municipality, invited: Invitation, path: str
) -> None:
    given = {"email": RIGHT, "seen": invited.pk}
    limited = signed_in("operatie", municipalities=("utrecht",))

    assert signed_in("helpdesk").post(f"/gemeenten/{haarlem.pk}/{path}", given).status_code == 403
    assert limited.post(f"/gemeenten/{haarlem.pk}/{path}", given).status_code == 404
    assert open_ones(haarlem) == [WRONG]


@pytest.mark.parametrize("status", ["in_inrichting", "beeindigd"])
def test_where_nobody_comes_in_nobody_is_invited(
    boss: Browser, haarlem: Municipality, invited: Invitation, status: str
) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(status=status)

    assert "Nodig opnieuw uit" not in page_of(boss, haarlem)
    assert boss.get(f"/gemeenten/{haarlem.pk}/beheerder/").status_code == 404


def test_what_a_colleague_did_meanwhile_stays(
    boss: Browser, haarlem: Municipality, invited: Invitation
) -> None:
    member(House.of(haarlem), "lezer", RIGHT)

    answer = boss.post(f"/gemeenten/{haarlem.pk}/beheerder/", {"email": RIGHT, "seen": invited.pk})

    assert answer.status_code == 422
    assert open_ones(haarlem) == [WRONG]


def test_a_forged_post_does_nothing(boss: Browser, haarlem: Municipality, invited: Invitation) -> None:
    boss.client.handler.enforce_csrf_checks = True

    answer = boss.post(f"/gemeenten/{haarlem.pk}/beheerder/intrekken/", {"seen": invited.pk})

    assert answer.status_code == 403
    assert open_ones(haarlem) == [WRONG]
