from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import override

from tenants.accounts.invitations import invite, take_up_as_newcomer
from tenants.accounts.memberships import Grant, MembershipRefused, end_membership
from tenants.accounts.models import Invitation, Membership, User
from tenants.accounts.person import person_of
from tenants.accounts.side import current_side
from tests.people import (
    PASSWORD,
    Browser,
    House,
    browser_of,
    member,
    partner_organisation,
    vendor_organisation,
)

NEW = "nieuw@collega.example"
Send = Callable[..., str]


def grant_at(house: House, role: str, **more: Any) -> Grant:
    return Grant(role, None if house.municipality else vendor_organisation().pk, **more)


@pytest.fixture
def send(house: House, lowest: str, django_capture_on_commit_callbacks: Any) -> Send:
    """Invite somebody, and give the path in the letter."""

    def sent(email: str = NEW) -> str:
        with house.entered(), django_capture_on_commit_callbacks(execute=True):
            invite(email, grant_at(house, lowest), person=None, site=f"http://{house.host}")
        return path_in(mail.outbox[-1].body, house)

    return sent


def path_in(letter: object, house: House) -> str:
    start = f"http://{house.host}{house.prefix}"
    return next(line for line in str(letter).splitlines() if line.startswith(start)).removeprefix(start)


def test_an_invited_colleague_gets_account_and_role(house: House, lowest: str, send: Send) -> None:
    path = send()
    browser = Browser(house)
    assert NEW in browser.get(path).content.decode()

    response = browser.post(path, {"name": "Nieuw", "password": PASSWORD})

    assert response.status_code in {302, 303}
    with house.entered():
        person = person_of(User.objects.get(email=NEW))
    assert person is not None
    assert person.role == lowest


def test_a_name_that_the_invitation_has_is_not_asked_again(
    house: House, lowest: str, django_capture_on_commit_callbacks: Any
) -> None:
    with house.entered(), django_capture_on_commit_callbacks(execute=True):
        invite(NEW, grant_at(house, lowest), person=None, site=f"http://{house.host}", name="Noor de Wit")
    path, browser = path_in(mail.outbox[-1].body, house), Browser(house)

    assert 'name="name"' not in browser.get(path).content.decode()
    assert browser.post(path, {"name": "Ander", "password": PASSWORD}).status_code in {302, 303}
    with house.entered():
        assert User.objects.get(email=NEW).name == "Noor de Wit"


def test_an_invitation_is_taken_up_once(house: House, send: Send) -> None:
    path = send()
    Browser(house).post(path, {"name": "Nieuw", "password": PASSWORD})

    again = Browser(house).post(path, {"name": "Ander", "password": PASSWORD})

    assert again.status_code == 403
    assert "geldt niet meer" in again.content.decode()


def test_two_who_take_it_up_at_once_are_one(house: House, send: Send) -> None:
    send()
    with house.entered():
        invitation = Invitation.objects.get()
        take_up_as_newcomer(invitation, name="Eerste", password=PASSWORD)
        User.objects.filter(email=NEW).update(email="eerste@x.example")
        with pytest.raises(MembershipRefused):
            take_up_as_newcomer(invitation, name="Tweede", password=PASSWORD)


@pytest.mark.parametrize(("age", "status"), [(timedelta(days=7), 403), (timedelta(days=7, minutes=-1), 200)])
def test_an_invitation_holds_seven_days(house: House, send: Send, age: timedelta, status: int) -> None:
    path = send()
    with house.entered():
        sent = timezone.now() - age
        Invitation.objects.update(sent_at=sent, expires_at=sent + timedelta(days=7))

    assert Browser(house).get(path).status_code == status


def test_a_newer_invitation_replaces_an_older_one(house: House, send: Send) -> None:
    older, newer = send(), send(NEW.upper())

    assert Browser(house).get(older).status_code == 403
    assert Browser(house).get(newer).status_code == 200


def test_a_withdrawn_invitation_is_over(house: House, highest: str, send: Send) -> None:
    path = send()
    with house.entered():
        pk = Invitation.objects.get().pk
    boss = browser_of(house, member(house, highest))

    boss.post(f"/medewerkers/uitnodiging/{pk}/intrekken/")

    assert Browser(house).get(path).status_code == 403


def test_the_word_of_the_link_is_not_kept(house: House, send: Send) -> None:
    word = send().rpartition("=")[2]
    with house.entered():
        assert word not in str(Invitation.objects.values().get())


def test_an_invitation_of_haarlem_is_nothing_in_utrecht(
    at_haarlem: House, at_utrecht: House, django_capture_on_commit_callbacks: Any
) -> None:
    with at_haarlem.entered(), django_capture_on_commit_callbacks(execute=True):
        invite(NEW, Grant("beheerder"), person=None, site="http://haarlem.localhost")
    path = path_in(mail.outbox[-1].body, at_haarlem)

    assert Browser(at_haarlem).get(path).status_code == 200
    assert Browser(at_utrecht).get(path).status_code == 403


def test_a_short_password_is_refused_with_the_reason(house: House, send: Send) -> None:
    response = Browser(house).post(send(), {"name": "Nieuw", "password": "kort"})

    assert response.status_code == 422
    with house.entered():
        assert not User.objects.filter(email=NEW).exists()


def test_who_came_back_shows_that_the_account_is_his(house: House, lowest: str, send: Send) -> None:
    known = member(house, lowest, NEW)
    with house.entered():
        end_membership(known, person=None)
    path = send()

    assert "/account/login/" in Browser(house).post(path, {"name": "X", "password": PASSWORD})["Location"]
    browser_of(house, known).post(path)

    with house.entered():
        assert Membership.objects.filter(user=known.user, ended_at__isnull=True).exists()


def test_an_invitation_for_another_is_not_taken_up(
    house: House, lowest: str, highest: str, send: Send
) -> None:
    known = member(house, lowest, NEW)
    with house.entered():
        end_membership(known, person=None)

    response = browser_of(house, member(house, highest)).post(send())

    assert response.status_code == 403


def test_the_page_sends_it(
    house: House, highest: str, lowest: str, django_capture_on_commit_callbacks: Any
) -> None:
    browser = browser_of(house, member(house, highest))
    organisation = "" if house.municipality else vendor_organisation().pk

    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(
            "/medewerkers/uitnodigen/", {"email": NEW, "role": lowest, "organisation": organisation}
        )

    assert response.status_code in {302, 303}
    assert mail.outbox[-1].to == [NEW]


def test_the_page_tells_what_an_invitation_replaces(
    house: House, highest: str, lowest: str, send: Send
) -> None:
    send()
    browser = browser_of(house, member(house, highest))
    organisation = "" if house.municipality else vendor_organisation().pk

    browser.post("/medewerkers/uitnodigen/", {"email": NEW, "role": highest, "organisation": organisation})

    role = {"lezer": "lezer"}.get(lowest, "alleen lezen")
    assert f"Zij vervangt de uitnodiging als {role}." in browser.get("/medewerkers/").content.decode()
    with house.entered():
        withdrawn = current_side().log_model._default_manager.get(action="uitnodiging ingetrokken")
    assert withdrawn.changes == {"rol": [lowest, None]}


def test_nobody_replaces_an_invitation_of_another_organisation(vendor: House) -> None:
    theirs = member(vendor, "eigenaar", "p@partner.example", organisation=partner_organisation())
    with vendor.entered():
        invite(NEW, grant_at(vendor, "operatie"), person=None, site="http://localhost")
        partner = person_of(theirs.user)
        assert partner is not None
        grant = Grant("alleen-lezen", partner.organisation_id)
        with pytest.raises(MembershipRefused):
            invite(NEW, grant, person=partner, site="http://localhost")


def test_who_has_a_role_is_named_at_the_field_with_the_way_there(
    house: House, highest: str, lowest: str
) -> None:
    colleague = member(house, lowest)
    organisation = "" if house.municipality else vendor_organisation().pk

    answer = browser_of(house, member(house, highest)).post(
        "/medewerkers/uitnodigen/",
        {"email": colleague.user.email, "role": lowest, "organisation": organisation},
    )

    page = answer.content.decode()
    address = f"{house.prefix}/medewerkers/{colleague.user_id}/"
    assert answer.status_code == 422
    assert re.search(f'id="id_email_error">Deze persoon heeft hier al een rol. <a[^>]*href="{address}"', page)
    assert ">E-mailadres: Deze persoon heeft hier al een rol. Bekijk de rol</a>" in page


def test_who_may_only_look_invites_nobody(house: House, highest: str, lowest: str) -> None:
    browser = browser_of(house, member(house, lowest))

    assert browser.post("/medewerkers/uitnodigen/", {"email": NEW, "role": highest}).status_code == 403


def test_the_mail_is_dutch_whatever_the_one_who_invites_reads(
    house: House, highest: str, django_capture_on_commit_callbacks: Any
) -> None:
    with house.entered(), override("en"), django_capture_on_commit_callbacks(execute=True):
        invite(NEW, grant_at(house, highest), person=None, site="http://x")

    assert f", als {highest.capitalize()}." in str(mail.outbox[-1].body)
