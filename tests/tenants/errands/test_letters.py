"""Letters wait in a row until a mail server took them: nothing is lost, and nobody sends what another has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from math import inf
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings
from structlog.testing import capture_logs

from tenants.accounts.letters import post
from tenants.errands.letters import Written, send_letters, write
from tenants.errands.models import Letter
from tenants.errands.taking import LATER, LEASE, PATIENCE, take
from tenants.registry.context import WrongMunicipality, in_municipality
from tenants.registry.models import Municipality
from tests.tenants.errands.smtp import Server, serving

pytestmark = pytest.mark.django_db
ONE, TWO = "een@x.example", "twee@x.example"


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with serving() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        yield server


def due_now() -> None:
    Letter.objects.update(next_at=timezone.now())


def addresses(server: Server) -> list[str]:
    return [str(each["To"]) for each in server.taken]


def test_what_is_undone_is_not_sent(haarlem: Municipality) -> None:
    with in_municipality(haarlem), transaction.atomic():
        post("Onderwerp", "Tekst", [ONE])
        transaction.set_rollback(True)

    assert not Letter.objects.exists()


def test_a_letter_waits_while_there_is_no_server_and_goes_once_there_is(
    server: Server, settings: Settings
) -> None:
    with serving() as gone:
        settings.EMAIL_PORT = gone.port
    post("Onderwerp", "Tekst", [ONE, TWO])

    assert send_letters(until=inf) == 1  # the other one has not lost an attempt to it
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 1]

    settings.EMAIL_PORT = server.port
    assert send_letters(until=inf) == 1
    due_now()
    send_letters(until=inf)

    assert sorted(addresses(server)) == [ONE, TWO]
    assert not Letter.objects.exists()


def test_one_that_is_refused_holds_up_no_other_and_is_tried_ever_later(server: Server) -> None:
    server.refused = {ONE}
    post("Onderwerp", "Tekst", [ONE, TWO])
    send_letters(until=inf)
    assert addresses(server) == [TWO]

    for attempt, wait in enumerate([*LATER[1:], LATER[-1]], 2):
        due_now()
        before = timezone.now()
        send_letters(until=inf)
        standing = Letter.objects.get()
        assert standing.attempts == attempt
        assert before + wait <= standing.next_at <= timezone.now() + wait


def test_after_five_days_it_is_given_up_and_somebody_hears_of_it(server: Server) -> None:
    server.refused = {ONE}
    post("Onderwerp", "Geheim", [ONE])
    Letter.objects.update(written_at=timezone.now() - PATIENCE + timedelta(minutes=1))
    send_letters(until=inf)
    assert Letter.objects.exists()

    Letter.objects.update(written_at=timezone.now() - PATIENCE)
    due_now()
    with capture_logs() as logs:
        send_letters(until=inf)

    assert not Letter.objects.exists()
    (line,) = [each for each in logs if each["event"] == "errand_given_up"]
    assert line["log_level"] == "error"
    assert ONE not in str(logs)


def test_it_leaves_under_the_same_name_however_often_it_is_tried(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server took it, and who sent it was killed before that was written down."""
    post("Onderwerp", "Tekst", [ONE])
    with monkeypatch.context() as killed:
        killed.setattr("tenants.errands.letters.done", lambda _letter: False)
        send_letters(until=inf)
    assert send_letters(until=inf) == 0
    due_now()
    send_letters(until=inf)

    assert len({each["Message-ID"] for each in server.taken}) == 1
    assert len(server.taken) == 2


def test_who_has_a_letter_has_it_for_a_while_alone() -> None:
    post("Onderwerp", "Tekst", [ONE])
    now = timezone.now()
    first = take(Letter, now)
    assert first is not None
    assert take(Letter, now + LEASE - timedelta(microseconds=1)) is None

    second = take(Letter, now + LEASE)

    assert second is not None
    assert (second.pk, second.attempts) == (first.pk, 2)
    assert second.holder != first.holder


def test_one_that_kills_whoever_has_it_is_left_alone_ever_longer_and_given_up() -> None:
    post("Onderwerp", "Tekst", [ONE])
    now = timezone.now()
    for wait in LATER:
        assert take(Letter, now) is not None
        assert take(Letter, now + max(LEASE, wait) - timedelta(microseconds=1)) is None
        now += max(LEASE, wait)

    Letter.objects.update(written_at=now - PATIENCE)
    with capture_logs() as logs:
        assert take(Letter, now) is None

    assert not Letter.objects.exists()
    (line,) = [each for each in logs if each["event"] == "errand_given_up"]
    assert (line["failure"], line["attempts"]) == ("killed", len(LATER))


def test_what_it_says_lies_sealed(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        post("Onderwerp", "http://x.example/?woord=geheim", [ONE])

    row = json.dumps(list(Letter.objects.values("sealed", "key")), default=str)
    assert "geheim" not in row
    assert "een@" not in row


@pytest.mark.parametrize(("left", "goes"), [(timedelta(), False), (timedelta(seconds=30), True)])
def test_what_is_over_is_not_sent_any_more(left: timedelta, goes: bool) -> None:  # a case
    write([Written(to=ONE, subject="Link", body="x")], until=timezone.now() + left)

    send_letters(until=inf)

    assert len(mail.outbox) == goes
    assert not Letter.objects.exists()


def test_one_that_another_deployment_sealed_holds_up_no_other() -> None:
    post("Onderwerp", "Tekst", [ONE, TWO])
    Letter.objects.filter(pk=Letter.objects.earliest("pk").pk).update(sealed="van elders")

    send_letters(until=inf)

    assert [letter.to for letter in mail.outbox] == [[TWO]]
    assert Letter.objects.count() == 1


def test_a_round_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[EmailMessage] = []
    monkeypatch.setattr(EmailMessage, "send", sent.append)
    post("Onderwerp", "Tekst", [ONE])

    assert send_letters(until=-inf) == 0
    assert sent == []


def test_no_municipality_sends_or_reads_them(haarlem: Municipality, rolled_back: Any) -> None:
    post("Onderwerp", "Tekst", [ONE])

    with in_municipality(haarlem), pytest.raises(WrongMunicipality):
        send_letters(until=inf)
    with in_municipality(haarlem), rolled_back():
        list(Letter.objects.all())
