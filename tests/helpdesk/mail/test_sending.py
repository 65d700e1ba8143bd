"""What the reporter is sent: to whom, under which name, and when not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from helpdesk import acting
from helpdesk.mail.quoting import ABOVE
from helpdesk.models import Ticket
from helpdesk.words import Status, What
from tenants.accounts.models import Membership
from tenants.accounts.models.membership import today_here
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.errands import delivered, leave_waiting
from tests.helpdesk.mail.letters import address_of, arrives, letter
from tests.helpdesk.mail.test_delivering import last
from tests.helpdesk.tickets import who
from tests.people import House, member

Committing = Callable[..., Any]


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Committing) -> Callable[[], Any]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def to_kim() -> list[Message]:
    """As they left, the newest last."""
    sent = [message_from_bytes(each.message().as_bytes()) for each in mail.outbox]
    return [each for each in sent if each["To"] == "kim@haarlem.example"]


def text_of(message: Message) -> str:
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def answer(ticket: Ticket, sam: Membership | None = None) -> None:
    """By Sam, who signed in."""
    found = sam or member(House.of(None), "helpdesk", "sam@leverancier.example")
    acting.answer(ticket, "Wij kijken ernaar.", who=who(found), now=timezone.now())


# An answer of a person -----------------------------------------------------------------------------


def test_an_answer_reaches_the_reporter_and_a_reply_finds_the_report(
    ticket: Ticket, commits: Callable[[], Any]
) -> None:
    with commits():
        answer(ticket)
    (sent,) = to_kim()

    assert "Wij kijken ernaar." in text_of(sent)
    assert f"/beheer/meldingen/{ticket.pk}/" in text_of(sent)
    assert text_of(sent).startswith(ABOVE)
    assert sent["Reply-To"] == address_of(ticket)
    assert sent["From"].endswith("<helpdesk@leverancier.example>")
    assert sent["Auto-Submitted"] is None
    done = arrives(
        letter(f"Dank u.\n\nOp vrijdag schreef Sam:\n> {ABOVE}", to=sent["Reply-To"]), sent["Reply-To"]
    )
    assert (last(ticket).text, done.mail.ticket) == ("Dank u.", ticket)


def test_it_is_of_who_wrote_it_also_where_another_has_the_report_by_then(
    ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_waiting(monkeypatch)
    answer(ticket)
    Ticket.objects.filter(pk=ticket.pk).update(organisation_name="Dimpact")

    delivered()

    (sent,) = to_kim()
    assert sent["From"].startswith("Leverancier <")


def test_a_reporter_who_left_hears_nothing_any_more(
    ticket: Ticket, kim: Membership, haarlem: Municipality, commits: Callable[[], Any]
) -> None:
    with in_municipality(haarlem):
        Membership.objects.filter(pk=kim.pk).update(until=today_here())
    with commits():
        answer(ticket)

    assert to_kim() == []


def test_programs_keep_what_was_written_together(kim: Membership, commits: Callable[[], Any]) -> None:
    with commits():
        made = arrives(letter(message_id="<eerste@haarlem.example>")).mail.ticket
    assert made is not None
    with commits():
        answer(made)
    acknowledged, answered = to_kim()

    assert acknowledged["In-Reply-To"] == "<eerste@haarlem.example>"
    assert answered["In-Reply-To"] == "<eerste@haarlem.example>"
    assert acknowledged["Message-ID"] in answered["References"]
    assert answered["Message-ID"] != acknowledged["Message-ID"]


def test_mails_of_our_own_people_are_not_named_to_the_reporter(
    ticket: Ticket, sam: Membership, commits: Callable[[], Any]
) -> None:
    arrives(
        letter(sender="sam@leverancier.example", message_id="<geheim@leverancier.example>"),
        address_of(ticket),
    )
    with commits():
        answer(ticket, sam)

    assert "geheim" not in str(to_kim()[-1])


def test_nothing_is_sent_of_what_is_undone(
    ticket: Ticket, django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=False):
        answer(ticket)

    assert to_kim() == []


def test_a_subject_with_a_line_break_is_one_line(ticket: Ticket, commits: Callable[[], Any]) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(subject="Een\r\nBcc: x@evil.example")
    ticket.refresh_from_db()
    with commits():
        answer(ticket)

    assert to_kim()[-1]["Bcc"] is None
    assert len(mail.outbox[-1].recipients()) == 1


# What is sent by itself ----------------------------------------------------------------------------


def test_a_report_by_mail_is_acknowledged_without_what_it_says(
    kim: Membership, commits: Callable[[], Any]
) -> None:
    with commits():
        made = arrives(letter("Mijn geheim.", subject="Ook geheim")).mail.ticket
    (sent,) = to_kim()

    assert made is not None
    assert "geheim" not in str(sent).lower()
    assert "geheim" not in text_of(sent)
    assert f"/beheer/meldingen/{made.pk}/" in text_of(sent)
    assert sent["Auto-Submitted"] == "auto-replied"
    assert sent["Reply-To"] == address_of(made)


def test_a_reminder_does_not_repeat_the_question(ticket: Ticket, commits: Callable[[], Any]) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(
        status=Status.WACHT_OP_MELDER,
        waiting_question="Geheim?",
        waits_since=timezone.now() - timedelta(days=7),
    )
    ticket.refresh_from_db()
    with commits():
        acting.remind(ticket, now=timezone.now())
    (sent,) = to_kim()

    assert sent["Auto-Submitted"] == "auto-generated"
    assert "geheim" not in text_of(sent).lower()
    assert ticket.subject not in sent["Subject"]


@pytest.mark.parametrize("what", ["Auto-Submitted", "Precedence", "List-Id"])
def test_a_program_is_never_answered(kim: Membership, commits: Callable[[], Any], what: str) -> None:
    message = letter()
    message[what] = {"Auto-Submitted": "auto-replied", "Precedence": "bulk", "List-Id": "<x.example>"}[what]
    with commits():
        arrives(message)

    assert mail.outbox == []


def test_strangers_are_not_answered(ticket: Ticket, commits: Callable[[], Any]) -> None:
    with commits():
        arrives(letter(sender="piet@elders.example"))
        arrives(letter(sender="piet@elders.example"), address_of(ticket))

    assert mail.outbox == []


def test_one_address_is_told_a_few_times_an_hour(
    kim: Membership, settings: Settings, commits: Callable[[], Any]
) -> None:
    settings.HELPDESK_ACKNOWLEDGEMENTS_PER_HOUR = 3
    with commits():
        for number in range(5):
            arrives(letter(message_id=f"<{number}@haarlem.example>"))

    assert len(to_kim()) == 3
    Ticket.objects.update(opened_at=timezone.now() - timedelta(hours=1, seconds=1))
    with commits():
        arrives(letter(message_id="<later@haarlem.example>"))
    assert len(to_kim()) == 4


# Loops ---------------------------------------------------------------------------------------------


def test_what_we_sent_that_comes_back_does_nothing(
    kim: Membership, ticket: Ticket, commits: Callable[[], Any]
) -> None:
    with commits():
        answer(ticket)
    events, sent = ticket.events.count(), len(mail.outbox)
    with commits():
        arrives(mail.outbox[-1].message().as_bytes(), address_of(ticket))

    assert (ticket.events.count(), len(mail.outbox)) == (events, sent)


def test_a_program_that_does_not_say_so_ends_after_one_reply(
    kim: Membership, commits: Callable[[], Any]
) -> None:
    """It answers each of our mails from the address of a reporter, as a person would."""
    with commits():
        made = arrives(letter()).mail.ticket
    assert made is not None
    answered = 0
    for number in range(5):
        while answered < len(to_kim()):
            with commits():
                arrives(
                    letter("Ik ben er niet.", message_id=f"<auto{number}@x.example>"),
                    to_kim()[answered]["Reply-To"],
                )
            answered += 1

    assert len(to_kim()) == 1
    assert [each.what for each in made.events.order_by("pk")] == [What.RECEIVED, What.REPLIED]
