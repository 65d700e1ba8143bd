"""What is kept of an answer that is not sent yet: by whom it is read, and when it is gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from helpdesk import acting
from helpdesk.drafts import KEPT, keep, throw_away_old
from helpdesk.models import AnswerDraft, Ticket
from helpdesk.refusals import TicketRefused
from helpdesk.retention import erase_now
from helpdesk.words import LONGEST_TEXT, What
from tenants.accounts.models import Membership
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.handover.moves import other_vendor
from tests.helpdesk.tickets import as_person, level, make, who
from tests.people import Browser, House, browser_of, member

WORDS = "Dit schreef ik alvast"

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(haarlem: Municipality, sam: Membership) -> Ticket:
    return make(haarlem, sam, version=level())


@pytest.fixture
def browser(vendor: House, sam: Membership) -> Browser:
    return browser_of(vendor, sam)


def sent(browser: Browser, ticket: Ticket, **given: Any) -> Any:
    last = ticket.events.order_by("-pk").values_list("pk", flat=True).first()
    return browser.post(f"/meldingen/{ticket.pk}/", {"seen": last, "next": "wij", "text": WORDS, **given})


def kept(browser: Browser, ticket: Ticket, **given: Any) -> Any:
    return sent(browser, ticket, **{"concept": "1", **given})


def page(browser: Browser, ticket: Ticket) -> str:
    return str(browser.get(f"/meldingen/{ticket.pk}/").content.decode())


def test_it_is_kept_as_it_is_and_sends_nothing(ticket: Ticket, browser: Browser) -> None:
    """Complete or not; the clocks go on."""
    before = Ticket.objects.values().get(pk=ticket.pk)
    assert kept(browser, ticket, next="opgelost", solution="Half", internal="on").status_code == 303
    shown = page(browser, ticket)

    assert WORDS in shown
    assert "Uw concept van vandaag" in shown
    assert "Half" in shown
    assert (ticket.events.count(), Ticket.objects.values().get(pk=ticket.pk)) == (1, before)
    kept(browser, ticket, text="Anders")
    assert WORDS not in page(browser, ticket)
    assert AnswerDraft.objects.get().internal is False


def test_nobody_else_reads_it(
    ticket: Ticket, browser: Browser, vendor: House, at_haarlem: House, kim: Membership
) -> None:
    """No colleague, not the highest role, not the gemeente."""
    kept(browser, ticket)
    boss = browser_of(vendor, member(vendor, "eigenaar"))
    other = browser_of(vendor, member(vendor, "helpdesk", "jo@leverancier.example"))
    for each in (boss, other, browser_of(at_haarlem, kim)):
        assert each.get(f"/meldingen/{ticket.pk}/").status_code == 200
        assert WORDS not in page(each, ticket)
    kept(other, ticket, text="Van Jo")
    assert WORDS in page(browser, ticket)
    assert AnswerDraft.objects.count() == 2


def test_it_is_gone_when_it_is_sent_and_when_it_is_emptied(ticket: Ticket, browser: Browser) -> None:
    kept(browser, ticket)
    assert sent(browser, ticket, text="").status_code == 422
    assert AnswerDraft.objects.exists()
    assert sent(browser, ticket).status_code == 303
    assert not AnswerDraft.objects.exists()

    kept(browser, ticket)
    kept(browser, ticket, text=" ")
    assert not AnswerDraft.objects.exists()


def test_a_note_of_what_is_over_is_kept_too(ticket: Ticket, browser: Browser, sam: Membership) -> None:
    acting.withdraw(ticket, "Al goed.", who=who(sam), now=timezone.now())
    assert kept(browser, ticket).status_code == 303
    assert WORDS in page(browser, ticket)
    assert sent(browser, ticket, internal="on").status_code == 303
    assert ticket.events.order_by("-pk")[0].what == What.NOTE
    assert not AnswerDraft.objects.exists()


def test_it_goes_with_the_report(ticket: Ticket, browser: Browser, vendor: House, sam: Membership) -> None:
    acting.withdraw(ticket, "Al goed.", who=who(sam), now=timezone.now())
    kept(browser, ticket)
    boss = as_person(member(vendor, "eigenaar"))
    with for_vendor():
        erase_now(ticket, person=boss, now=timezone.now())
    assert not AnswerDraft.objects.exists()
    assert kept(browser, ticket).status_code == 303
    assert not AnswerDraft.objects.exists()


def test_who_forgets_it_finds_it_no_more(ticket: Ticket, browser: Browser) -> None:
    kept(browser, ticket)
    since = AnswerDraft.objects.get().kept_at
    with for_vendor():
        assert throw_away_old(since + KEPT - timedelta(microseconds=1)) == 0
        assert throw_away_old(since + KEPT) == 1


def test_it_holds_no_bsn_and_no_more_than_an_answer(ticket: Ticket, browser: Browser) -> None:
    kept(browser, ticket, text="Het gaat om 111222333.")
    assert "111222333" not in AnswerDraft.objects.get().text
    assert kept(browser, ticket, text="x" * (LONGEST_TEXT + 1)).status_code == 422
    assert kept(browser, ticket, next="onzin").status_code == 422
    assert len(AnswerDraft.objects.get().text) < LONGEST_TEXT


def test_only_who_may_answer_keeps_one(
    ticket: Ticket, vendor: House, haarlem: Municipality, utrecht: Municipality
) -> None:
    """Neither a reader, nor who is limited to another municipality, nor another vendor."""
    reader = member(vendor, "alleen-lezen")
    limited = member(vendor, "helpdesk", "u@x.example", municipalities=("utrecht",))
    stranger = member(vendor, "helpdesk", "d@x.example", organisation=other_vendor("Elders"))

    assert kept(browser_of(vendor, reader), ticket).status_code in {200, 403}
    for each in (limited, stranger):
        assert kept(browser_of(vendor, each), ticket).status_code == 404
        with for_vendor(), pytest.raises(Ticket.DoesNotExist):
            keep(ticket, {"text": WORDS}, person=as_person(each), now=timezone.now())
    with for_vendor(), pytest.raises(TicketRefused):
        keep(ticket, {"text": WORDS}, person=as_person(reader), now=timezone.now())
    assert not AnswerDraft.objects.exists()
