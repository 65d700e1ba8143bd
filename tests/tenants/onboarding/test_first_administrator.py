"""The first administrator is mailed once, and never twice."""

from __future__ import annotations

import smtplib
from contextlib import AbstractContextManager
from dataclasses import replace
from math import inf
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from tenants.accounts.invitations import make_user, take_up_as_newcomer
from tenants.accounts.memberships import Grant, give_membership
from tenants.accounts.models import Invitation, Membership
from tenants.errands.letters import send_letters
from tenants.errands.models import Letter
from tenants.jobs.models import Job
from tenants.jobs.running import work_through
from tenants.onboarding.asking import Request, ask_onboarding
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.people import PASSWORD, Browser, House
from tests.tenants.onboarding.conftest import HOST, SCHEMA

pytestmark = pytest.mark.usefixtures("aboard")

NOOR = "noor@zandvoort.nl"
ZANDVOORT = Request("Zandvoort", SCHEMA, (HOST,), administrator_email=NOOR)


@pytest.fixture(autouse=True)
def forgotten(settings: Settings) -> None:
    """Without the database, which ``aboard`` gives."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def come_aboard(request: Request = ZANDVOORT) -> Job:
    return work_through(ask_onboarding(request, asked_by="Noor"))


def zandvoort() -> AbstractContextManager[Municipality]:
    """Entered."""
    return in_municipality(Municipality.objects.get(schema_name=SCHEMA))


def letters(mails: Path) -> list[str]:
    return [path.read_text() for path in mails.iterdir()] if mails.exists() else []


def test_who_is_named_is_invited_by_one_mail(mails: Path) -> None:
    job = come_aboard()

    assert job.state == "done"
    (letter,) = letters(mails)
    assert f"To: {NOOR}" in letter
    assert "als Beheerder" in letter
    with zandvoort():
        assert Invitation.objects.get().role == "beheerder"


def test_the_invitation_has_the_name_that_was_given() -> None:
    come_aboard(replace(ZANDVOORT, administrator_name="Noor de Wit"))

    with zandvoort():
        assert Invitation.objects.get().name == "Noor de Wit"


def test_the_link_leads_to_the_municipality_and_can_be_taken_up(mails: Path) -> None:
    come_aboard()
    site = f"http://{HOST}:"
    link = next(line for line in letters(mails)[0].splitlines() if line.startswith(site))

    path = link.partition("/beheer")[2]
    response = Browser(House(HOST, Municipality.objects.get(schema_name=SCHEMA))).post(
        path, {"name": "Noor", "password": PASSWORD}
    )

    assert response.status_code == 302
    with zandvoort():
        assert Membership.objects.get().user.email == NOOR


def test_who_names_nobody_invites_nobody(mails: Path) -> None:
    assert come_aboard(replace(ZANDVOORT, administrator_email="")).state == "done"
    assert letters(mails) == []


def test_a_mail_that_cannot_go_waits_and_holds_up_nothing(
    mails: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", refusing)
        assert come_aboard().state == "done"
    assert letters(mails) == []

    Letter.objects.update(next_at=timezone.now())
    send_letters(until=inf)

    assert len(letters(mails)) == 1
    assert not Letter.objects.exists()


def refusing(_letter: EmailMessage) -> None:
    raise smtplib.SMTPServerDisconnected


def test_again_sends_no_second_mail(mails: Path) -> None:
    come_aboard()

    assert come_aboard().state == "done"
    assert len(letters(mails)) == 1


def test_where_somebody_works_nobody_is_invited(mails: Path) -> None:
    come_aboard()
    with zandvoort():
        take_up_as_newcomer(Invitation.objects.get(), name="Noor", password=PASSWORD)

    come_aboard(replace(ZANDVOORT, administrator_email="ander@zandvoort.nl"))

    assert len(letters(mails)) == 1


def test_of_a_job_that_was_given_up_the_next_one_invites(mails: Path) -> None:
    come_aboard(replace(ZANDVOORT, administrator_email=""))

    come_aboard()

    assert len(letters(mails)) == 1


def test_somebody_who_left_is_nobody_new(mails: Path) -> None:
    come_aboard(replace(ZANDVOORT, administrator_email=""))
    with zandvoort():
        give_membership(make_user("eerder@zandvoort.nl", PASSWORD, name="E"), Grant("lezer"), person=None)

    come_aboard()

    assert letters(mails) == []


def test_the_word_of_the_link_stands_in_the_mail_alone(mails: Path, caplog: pytest.LogCaptureFixture) -> None:
    job = come_aboard()

    word = letters(mails)[0].partition("?woord=")[2].split()[0]
    told = f"{job.given} {job.found} {list(job.steps.values())} {caplog.text}"
    with zandvoort():
        told += str(list(Invitation.objects.values()))
    assert word not in told
