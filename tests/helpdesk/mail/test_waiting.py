"""Mails of strangers: who of the vendor sees them, and what somebody decides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from backoffice.models import LogLine
from helpdesk.mail.waiting import accept, discard, make_ticket
from helpdesk.models import Attachment, ReceivedMail, Ticket
from helpdesk.models.received_mail import Outcome
from helpdesk.refusals import TicketRefused, TicketStale
from helpdesk.words import Channel, Side, Status, What
from tenants.accounts.models import Membership
from tenants.accounts.person import Person, person_of
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.handover.moves import other_vendor
from tests.helpdesk.mail.letters import address_of, arrives, letter, recorded
from tests.helpdesk.mail.test_delivering import files_under, last
from tests.people import House, browser_of, member

STRANGER = "Piet <piet@elders.example>"
XSS = "<script>alert("


def person(membership: Membership) -> Person:
    with for_vendor():
        found = person_of(membership.user)
    assert found is not None
    return found


@pytest.fixture
def waiting(ticket: Ticket) -> ReceivedMail:
    content = letter("Ik doe ook mee.", sender=STRANGER, files=(("a.txt", b"abc"),))
    return arrives(content, address_of(ticket)).mail


@pytest.fixture
def of_nobody(db: None) -> ReceivedMail:
    return arrives(letter("Wie bent u?", sender=STRANGER, message_id="<2@elders.example>")).mail


# What is decided -----------------------------------------------------------------------------------


def test_what_is_accepted_is_a_reply_with_its_files(
    waiting: ReceivedMail,
    sam: Membership,
    ticket: Ticket,
    files_apart: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        accept(waiting, person=person(sam), now=timezone.now())
    event = last(ticket)
    waiting.refresh_from_db()

    assert (event.what, event.side, event.channel) == (What.REPLIED, Side.GEMEENTE, Channel.MAIL)
    assert (event.text, event.actor_name) == ("Ik doe ook mee.", "Piet")
    assert (waiting.outcome, waiting.decided_by) == (Outcome.REPLY, "sam@leverancier.example")
    assert (waiting.new_text, waiting.files) == ("", [])
    (file,) = Attachment.objects.all()
    assert (file.name, file.is_public) == ("a.txt", True)
    assert files_under(files_apart) == [f"haarlem/{file.key}"]


def test_what_becomes_a_report_makes_its_sender_the_reporter(
    of_nobody: ReceivedMail, sam: Membership, haarlem: Municipality
) -> None:
    made = make_ticket(of_nobody, haarlem, person=person(sam), now=timezone.now())

    assert (made.municipality, made.reporter_email) == (haarlem, "piet@elders.example")
    done = arrives(letter("Dank u.", sender=STRANGER), address_of(made))
    assert done.mail.outcome == Outcome.REPLY


def test_what_is_thrown_away_is_gone_at_once(
    waiting: ReceivedMail, sam: Membership, files_apart: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        discard(waiting, person=person(sam), now=timezone.now())
    waiting.refresh_from_db()

    assert waiting.outcome == Outcome.DISCARDED
    assert (waiting.subject, waiting.new_text, waiting.text, waiting.files) == ("", "", "", [])
    assert files_under(files_apart) == []


@pytest.mark.parametrize("first", [accept, discard])
def test_the_second_is_told_what_the_first_did(
    waiting: ReceivedMail, sam: Membership, ticket: Ticket, first: Any
) -> None:
    first(waiting, person=person(sam), now=timezone.now())
    events = ticket.events.count()

    with pytest.raises(TicketStale, match=r"sam@leverancier\.example"):
        accept(waiting, person=person(sam), now=timezone.now())
    assert ticket.events.count() == events


def test_a_mail_to_a_report_becomes_none_of_another_municipality(
    waiting: ReceivedMail, sam: Membership, utrecht: Municipality
) -> None:
    with pytest.raises(TicketRefused):
        make_ticket(waiting, utrecht, person=person(sam), now=timezone.now())

    waiting.refresh_from_db()
    assert waiting.is_waiting


def test_a_mail_of_no_report_cannot_be_a_reply(of_nobody: ReceivedMail, sam: Membership) -> None:
    with pytest.raises(TicketRefused):
        accept(of_nobody, person=person(sam), now=timezone.now())


def test_what_is_closed_takes_no_reply_and_the_mail_goes_on_waiting(
    waiting: ReceivedMail, sam: Membership, ticket: Ticket
) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(status=Status.GESLOTEN)

    with pytest.raises(TicketStale):
        accept(waiting, person=person(sam), now=timezone.now())
    waiting.refresh_from_db()
    assert waiting.is_waiting


@pytest.mark.parametrize("role", ["accountbeheer", "financien", "alleen-lezen"])
def test_who_only_reads_decides_nothing(waiting: ReceivedMail, vendor: House, role: str) -> None:
    who = person(member(vendor, role))

    for act in (accept, discard):
        with pytest.raises(TicketRefused):
            act(waiting, person=who, now=timezone.now())


def test_the_log_names_the_act_and_nothing_of_the_mail(
    waiting: ReceivedMail, of_nobody: ReceivedMail, sam: Membership, ticket: Ticket
) -> None:
    accept(waiting, person=person(sam), now=timezone.now())
    discard(of_nobody, person=person(sam), now=timezone.now())
    lines = {line.action: line.subject for line in LogLine.objects.filter(person="sam@leverancier.example")}

    assert lines["e-mail aanvaard"] == f"e-mail {waiting.pk}, melding {ticket.pk}"
    assert lines["e-mail weggegooid"] == f"e-mail {of_nobody.pk}, zonder melding"


# Who sees them -------------------------------------------------------------------------------------


def test_who_sees_one_municipality_sees_the_mails_of_its_reports_alone(
    waiting: ReceivedMail, of_nobody: ReceivedMail, vendor: House
) -> None:
    of_haarlem = person(member(vendor, "helpdesk", "h@leverancier.example", municipalities=("haarlem",)))
    of_utrecht = person(member(vendor, "helpdesk", "u@leverancier.example", municipalities=("utrecht",)))
    of_all = person(member(vendor, "helpdesk", "a@leverancier.example"))

    seen = [
        list(ReceivedMail.objects.visible_to(each).order_by("pk"))
        for each in (of_haarlem, of_utrecht, of_all)
    ]

    assert seen == [[waiting], [], sorted([waiting, of_nobody], key=lambda mail: mail.pk)]


def test_another_vendor_sees_none(waiting: ReceivedMail, of_nobody: ReceivedMail, vendor: House) -> None:
    who = member(vendor, "eigenaar", "baas@dimpact.example", organisation=other_vendor())
    browser = browser_of(vendor, who)

    assert not ReceivedMail.objects.visible_to(person(who)).exists()
    for mail in (waiting, of_nobody):
        assert browser.get(f"/meldingen/post/{mail.pk}/").status_code == 404
        for act in ("aanvaarden", "weggooien", "melding"):
            assert browser.post(f"/meldingen/post/{mail.pk}/{act}/", {"gemeente": "1"}).status_code == 404
    assert ReceivedMail.objects.waiting().count() == 2


# Pages ---------------------------------------------------------------------------------------------


def test_the_list_leads_to_the_mail_and_that_to_what_can_be_done(
    waiting: ReceivedMail, vendor: House, sam: Membership, ticket: Ticket
) -> None:
    browser = browser_of(vendor, sam)
    queue, listed = browser.get("/meldingen/"), browser.get("/meldingen/post/")
    shown = browser.get(f"/meldingen/post/{waiting.pk}/")

    assert "1 onbekende afzender" in queue.content.decode()
    assert f"/meldingen/post/{waiting.pk}/" in listed.content.decode()
    assert "Ik doe ook mee." in shown.content.decode()
    done = browser.post(f"/meldingen/post/{waiting.pk}/aanvaarden/")
    assert (done.status_code, done.headers["Location"]) == (303, f"/meldingen/{ticket.pk}/")
    assert browser.get(f"/meldingen/post/{waiting.pk}/").status_code == 200


def test_a_report_is_made_on_the_page(
    of_nobody: ReceivedMail, vendor: House, sam: Membership, haarlem: Municipality
) -> None:
    browser, at = browser_of(vendor, sam), f"/meldingen/post/{of_nobody.pk}/melding/"

    assert browser.get(at).status_code == 200
    assert browser.post(at, {"gemeente": ""}).status_code == 422
    assert browser.post(at, {"gemeente": str(haarlem.pk)}).status_code == 303
    assert Ticket.objects.get().reporter_email == "piet@elders.example"
    assert browser.post(at, {"gemeente": str(haarlem.pk)}).status_code == 409
    assert Ticket.objects.count() == 1


def test_of_a_mail_to_a_report_no_other_municipality_can_be_chosen(
    waiting: ReceivedMail, vendor: House, sam: Membership, utrecht: Municipality
) -> None:
    at = f"/meldingen/post/{waiting.pk}/melding/"

    assert browser_of(vendor, sam).post(at, {"gemeente": str(utrecht.pk)}).status_code == 422


def test_a_mail_without_sender_can_be_thrown_away_alone(
    ticket: Ticket, vendor: House, sam: Membership
) -> None:
    mail = arrives(recorded("two_senders"), address_of(ticket)).mail
    shown = browser_of(vendor, sam).get(f"/meldingen/post/{mail.pk}/").content.decode()

    assert "weggooien/" in shown
    assert f"post/{mail.pk}/melding/" not in shown


def test_what_a_mail_says_is_text_on_every_page(
    ticket: Ticket, vendor: House, sam: Membership, kim: Membership
) -> None:
    hostile = recorded("script")
    stranger = hostile.replace(b"kim@haarlem.example", b"piet@elders.example").replace(b"<xss@", b"<xss2@")
    waiting = arrives(stranger, address_of(ticket)).mail
    arrives(hostile, address_of(ticket))
    made = arrives(hostile).mail.ticket
    assert made is not None
    browser = browser_of(vendor, sam)
    paths = [
        *("/meldingen/", "/meldingen/post/", f"/meldingen/post/{waiting.pk}/"),
        *(f"/meldingen/post/{waiting.pk}/melding/", f"/meldingen/{ticket.pk}/", f"/meldingen/{made.pk}/"),
    ]
    pages = [browser.get(path) for path in paths]

    assert [page.status_code for page in pages] == [200] * len(paths)
    assert not any(XSS in page.content.decode() or "<img src=x" in page.content.decode() for page in pages)
    assert "&lt;script&gt;alert(3)" in pages[-1].content.decode()


def test_the_list_takes_few_statements(
    waiting: ReceivedMail,
    of_nobody: ReceivedMail,
    vendor: House,
    sam: Membership,
    django_assert_max_num_queries: Any,
) -> None:
    browser = browser_of(vendor, sam)
    browser.get("/meldingen/post/")

    with django_assert_max_num_queries(10):
        browser.get("/meldingen/post/")
