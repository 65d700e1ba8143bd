"""The vendor's pages of a report: who opens them, what they do, and that they show words as words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contracts.models import Priority
from helpdesk import acting
from helpdesk.models import Attachment, Hotfix, Ticket, TicketEvent
from helpdesk.who import TIME
from helpdesk.words import Status, What
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality
from tests.access.grants import make_grant
from tests.handover.moves import other_vendor
from tests.helpdesk.tickets import REPORTER, at, fresh, level, make, who
from tests.people import Browser, House, browser_of, member, partner_organisation

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
PAGES = (
    "",
    "klokken/",
    "oppakken/",
    "overdragen/",
    "prioriteit/",
    "plannen/",
    "samenvoegen/",
    "melder/",
    "gegevens/",
    "koppelen/",
    "hotfix/",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def handler(vendor: House) -> Membership:
    return member(vendor, "helpdesk", "sam@leverancier.example")


@pytest.fixture
def browser(vendor: House, handler: Membership) -> Browser:
    return browser_of(vendor, handler)


@pytest.fixture
def ticket(haarlem: Municipality, handler: Membership) -> Ticket:
    return make(haarlem, handler, version=level())


def last(ticket: Ticket) -> int:
    found = ticket.events.order_by("-pk").first()
    assert found is not None
    return found.pk


def address(ticket: Ticket, page: str = "") -> str:
    return f"/meldingen/{ticket.pk}/{page}"


def posted(browser: Browser, ticket: Ticket, page: str = "", **given: Any) -> Any:
    return browser.post(address(ticket, page), {"seen": last(ticket), **given})


def said(browser: Browser, ticket: Ticket, text: str = "Wij kijken.", **given: Any) -> Any:
    return posted(browser, ticket, **{"text": text, "next": "wij", **given})


# Reading ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_of_this_gemeente_alone(
    ticket: Ticket, vendor: House, browser: Browser, page: str
) -> None:
    limited = member(vendor, "helpdesk", "ut@leverancier.example", municipalities=("utrecht",))
    stranger = member(vendor, "eigenaar", "pa@partner.example", organisation=partner_organisation())
    assert browser.get(address(ticket, page)).status_code == 200
    for membership in (limited, stranger):
        other = browser_of(vendor, membership)
        assert other.get(address(ticket, page)).status_code == 404
        assert other.post(address(ticket, page), {"seen": 0, "text": "x"}).status_code in {404, 405}
    assert ticket.events.count() == 1


def test_who_takes_the_gemeente_over_reads_no_internal_words_of_who_left_it(
    haarlem: Municipality, ticket: Ticket, vendor: House, handler: Membership
) -> None:
    acting.note(ticket, "Alleen voor ons.", who=who(handler), now=at("di 15:00"))
    acting.keep_automatic(ticket, "Afwezig tot maandag.", now=at("di 15:01"))
    acting.answer(ticket, "Wij kijken.", who=who(handler), now=at("di 15:02"))
    next_one = other_vendor()
    haarlem.vendor = next_one
    haarlem.save()
    theirs = browser_of(vendor, member(vendor, "eigenaar", "ei@dimpact.example", organisation=next_one))

    page = theirs.get(address(ticket)).content.decode()
    assert "Wij kijken." in page
    assert "Alleen voor ons." not in page
    assert "Afwezig tot maandag." not in page


def test_a_reader_reads_and_is_told_who_answers(ticket: Ticket, vendor: House) -> None:
    reader = browser_of(vendor, member(vendor, "alleen-lezen"))
    page = reader.get(address(ticket)).content.decode()
    assert "Antwoorden kan: eigenaar, operatie, helpdesk" in page
    assert "antwoord-formulier" not in page
    assert said(reader, ticket).status_code == 200
    assert ticket.events.count() == 1
    assert reader.get(address(ticket, "prioriteit/")).status_code == 403


def test_it_tells_whose_it_is_what_happened_and_why_it_is_due(ticket: Ticket, browser: Browser) -> None:
    acting.note(ticket, "Alleen voor ons.", who=TIME, now=at("di 15:00"))
    page = browser.get(address(ticket)).content.decode()
    for words in (
        "Zaken sluiten niet",
        "Wij zijn aan zet",
        "eerste lijn",
        "Klokken van deze melding",
        "Afdrukken als bewijs",
        "Intern, niet zichtbaar voor de gemeente",
        "Alleen voor ons.",
        "Sinds vanmorgen sluiten zaken niet.",
    ):
        assert words in page


def test_without_a_contract_it_says_that_nothing_is_promised(
    haarlem: Municipality, handler: Membership, browser: Browser
) -> None:
    page = browser.get(address(make(haarlem, handler))).content.decode()
    assert "Er is geen contract. Voor deze melding is geen tijd beloofd." in page


def test_the_explanation_prints_as_evidence(ticket: Ticket, browser: Browser) -> None:
    page = browser.get(address(ticket, "klokken/")).content.decode()
    assert "zp-letter" in page
    assert "Afspraak: bij P2 een eerste reactie" in page
    assert "ma t/m vr 07:00-18:00" in page
    assert "Klok loopt: melding ontvangen (Lia)" in page


def test_words_of_people_are_words(haarlem: Municipality, handler: Membership, browser: Browser) -> None:
    """In every text field that there is."""
    ticket = make(
        haarlem,
        handler,
        subject=SCRIPT,
        text=SCRIPT,
        component=SCRIPT,
        reporter_name=SCRIPT,
        reporter_email="",
        version=level(),
    )
    how: dict[str, Any] = {"who": who(handler), "now": timezone.now()}
    acting.note(ticket, SCRIPT, **how)
    acting.ask(ticket, f"{SCRIPT}?", **how)
    acting.plan(ticket, SCRIPT, label=SCRIPT, **how)
    acting.change_priority(ticket, Priority.P1, SCRIPT, **how)
    acting.solve(ticket, SCRIPT, cause=SCRIPT, solution=SCRIPT, **how)
    for path in (
        "/meldingen/",
        "/meldingen/opgelost/",
        "/meldingen/dreigt/",
        *(address(ticket, page) for page in ("", "klokken/", "gegevens/", "koppelen/", "hotfix/", "melder/")),
    ):
        page = browser.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


# Answering ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "status", "what"),
    [
        ({}, Status.IN_BEHANDELING, What.ANSWERED),
        ({"next": "melder", "text": "Welke zaak?"}, Status.WACHT_OP_MELDER, What.ASKED),
        ({"next": "derde"}, Status.WACHT_OP_DERDE, What.WAITS_FOR_THIRD),
        ({"next": "omweg"}, Status.IN_BEHANDELING, What.WORKAROUND),
        ({"next": "opgelost", "cause": "Leeg."}, Status.OPGELOST, What.SOLVED),
        ({"internal": "on"}, Status.NIEUW, What.NOTE),
        ({"internal": "on", "next": "opgelost"}, Status.NIEUW, What.NOTE),
    ],
)
def test_an_answer_and_what_follows_are_one_submit(
    ticket: Ticket, browser: Browser, given: dict[str, str], status: Status, what: What
) -> None:
    answer = said(browser, ticket, **given)
    assert answer["Location"] == address(ticket)
    assert (fresh(ticket).status, ticket.events.order_by("-pk")[0].what) == (status, what)


@pytest.mark.parametrize(
    "given",
    [
        {"text": " "},
        {"text": "x" * 20_001},
        {"next": "melder", "text": "Geen vraag"},
        {"next": "opgelost"},
        {"next": "iets"},
        {"seen": "x"},
        {"seen": ""},
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do_and_kept_on_the_page(
    ticket: Ticket, browser: Browser, given: dict[str, str]
) -> None:
    answer = browser.post(
        address(ticket), {"seen": last(ticket), "text": "Dit schreef ik", "next": "wij", **given}
    )
    assert answer.status_code == 422
    assert ticket.events.count() == 1
    assert fresh(ticket).status == Status.NIEUW


def test_a_page_that_is_old_tells_what_happened_and_keeps_the_words(ticket: Ticket, browser: Browser) -> None:
    seen = last(ticket)
    acting.reply(ticket, "Het is erger.", who=REPORTER, now=timezone.now())

    first = said(browser, ticket, "Dit schreef ik", seen=seen)

    page = first.content.decode()
    assert first.status_code == 422
    assert "Intussen gebeurde er iets" in page
    assert "Dit schreef ik" in page
    assert "Het is erger." in page
    assert said(browser, ticket, "Dit schreef ik").status_code == 303


def test_files_go_with_an_answer_and_come_back_as_a_download(ticket: Ticket, browser: Browser) -> None:
    said(browser, ticket, files=[SimpleUploadedFile("../a<b>.txt", b"inhoud")])

    kept = Attachment.objects.get(ticket=ticket)
    answer = browser.get(address(ticket, f"bijlagen/{kept.pk}/"))
    assert (kept.is_public, kept.event.what) == (True, What.ANSWERED)
    assert b"".join(answer.streaming_content) == b"inhoud"
    assert answer["Content-Disposition"].startswith("attachment")
    assert f"bijlagen/{kept.pk}/" in browser.get(address(ticket)).content.decode()


def test_a_file_of_another_report_is_not_found(
    haarlem: Municipality, utrecht: Municipality, handler: Membership, vendor: House, browser: Browser
) -> None:
    ours, theirs = make(haarlem, handler), make(utrecht, handler)
    said(browser, theirs, files=[SimpleUploadedFile("a.txt", b"inhoud")])
    kept = Attachment.objects.get()
    limited = member(vendor, "helpdesk", "ha@leverancier.example", municipalities=("haarlem",))
    assert browser.get(address(ours, f"bijlagen/{kept.pk}/")).status_code == 404
    assert browser_of(vendor, limited).get(address(theirs, f"bijlagen/{kept.pk}/")).status_code == 404


def test_what_is_over_takes_a_note_and_no_answer(
    ticket: Ticket, browser: Browser, handler: Membership
) -> None:
    acting.withdraw(ticket, "Al goed.", who=who(handler), now=timezone.now())
    page = browser.get(address(ticket)).content.decode()
    assert "Bewaar de notitie" in page
    assert posted(browser, ticket, text="Toch nog iets.").status_code == 422
    assert posted(browser, ticket, text="Voor later.", internal="on").status_code == 303


# The pages of what is done to it ---------------------------------------------------------------------


def test_each_of_them_does_it_once(
    haarlem: Municipality, ticket: Ticket, browser: Browser, handler: Membership, vendor: House
) -> None:
    other = member(vendor, "operatie", "jo@leverancier.example")
    older = make(haarlem, handler, "ma 08:00")
    grant = make_grant(haarlem, now=timezone.now(), asker=handler)
    moment = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    for page, given in (
        ("oppakken/", {}),
        ("prioriteit/", {"priority": "P1", "reason": "De balie staat stil."}),
        (
            "overdragen/",
            {
                "line": "2",
                "organisation": str(ticket.organisation_id),
                "person": str(other.user.pk),
                "text": "Lees dit.",
            },
        ),
        ("plannen/", {"moment": moment, "text": "Na het weekend."}),
        ("verder/", {"text": ""}),
        ("gegevens/", {"kind": "vraag", "component": "Zaken"}),
        ("koppelen/", {"issue": "https://github.com/x/y/issues/1", "grant": str(grant.pk)}),
        (
            "hotfix/",
            {"severity": "hoog", "reason": "Nu.", "tested_on": "Acceptatie.", "rollback": "Terug."},
        ),
        ("melder/", {"what": "reply", "channel": "telefoon", "text": "Zij belde."}),
        ("samenvoegen/", {"other": str(older.pk)}),
    ):
        answer = posted(browser, ticket, page, **given)
        assert answer.status_code == 303, (page, answer.content.decode()[:4000])
    gone = fresh(ticket)
    assert (gone.status, gone.merged_into, gone.owner) == (Status.SAMENGEVOEGD, older, other.user)
    assert (gone.priority, gone.kind, gone.external_issue[:8]) == ("P1", "vraag", "https://")
    assert Hotfix.objects.get().ticket == ticket
    shown = browser.get(address(ticket, "")).content.decode()
    assert "getest: Acceptatie." in shown
    assert "terug: Terug." in shown


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("prioriteit/", {"priority": "P9", "reason": "x"}),
        ("prioriteit/", {"priority": "P1", "reason": ""}),
        ("overdragen/", {"line": "9", "organisation": "0", "text": "x"}),
        ("plannen/", {"text": "x"}),
        ("samenvoegen/", {"other": "999999"}),
        ("samenvoegen/", {"other": "x" * 50}),
        ("koppelen/", {"issue": "http://x.example"}),
        ("hotfix/", {"severity": "hoog"}),
        ("melder/", {"what": "dispute", "channel": "telefoon", "text": "x"}),
        ("gegevens/", {"kind": "x"}),
    ],
)
def test_what_cannot_be_done_is_refused_and_writes_nothing(
    ticket: Ticket, browser: Browser, page: str, given: dict[str, str]
) -> None:
    before = Ticket.objects.values().get(pk=ticket.pk)
    assert posted(browser, ticket, page, **given).status_code == 422
    assert Ticket.objects.values().get(pk=ticket.pk) == before
    assert ticket.events.count() == 1


def test_an_act_that_the_state_does_not_know_is_told_when_it_can_be_done(
    ticket: Ticket, browser: Browser
) -> None:
    """Nobody was first: whoever comes by hand reads what the case is."""
    for page, states in (("sluiten/", "wacht op melder"), ("verder/", "wacht op derde of gepland")):
        answer = browser.get(address(ticket, page))
        told = answer.content.decode()
        assert answer.status_code == 409
        assert states in told
        assert f"Melding {ticket.number} is nu: nieuw." in told
        assert "Iemand anders was eerder" not in told
        assert "Er is niets veranderd." in told


def test_who_was_second_reads_what_the_first_did(ticket: Ticket, browser: Browser, vendor: House) -> None:
    seen, first = last(ticket), member(vendor, "eigenaar")
    acting.withdraw(ticket, "Al goed.", who=who(first), now=timezone.now())
    told = browser.post(address(ticket, "plannen/"), {"seen": seen, "label": "2026.12"}).content.decode()

    assert "Iemand anders was eerder" in told
    assert "intussen ingetrokken" in told


def test_a_pause_is_corrected_by_who_may_approve(
    ticket: Ticket, vendor: House, browser: Browser, handler: Membership
) -> None:
    asked = acting.ask(ticket, "Hoe gaat het?", who=who(handler), now=timezone.now())
    given = {"wrong": str(asked.pk), "reason": "Dit was geen vraag."}
    assert posted(browser, ticket, "corrigeren/", **given).status_code == 403

    chief = browser_of(vendor, member(vendor, "eigenaar", "jo@leverancier.example"))
    assert "Hoe gaat het?" in chief.get(address(ticket, "corrigeren/")).content.decode()
    assert posted(chief, ticket, "corrigeren/", **given).status_code == 303

    assert TicketEvent.objects.get(what=What.CORRECTED).corrects == asked


# Making -------------------------------------------------------------------------------------------

NEW = {
    "begins": "gemeente",
    "reporter_name": "Lia",
    "reporter_email": "lia@haarlem.example",
    "channel": "telefoon",
    "kind": "storing",
    "subject": "Zaken sluiten niet",
    "text": "Sinds vanmorgen.",
    "impact": "hoog",
    "urgency": "hoog",
}


def test_staff_writes_down_who_called(haarlem: Municipality, browser: Browser) -> None:
    answer = browser.post("/meldingen/nieuw/", {**NEW, "gemeente": str(haarlem.pk)})
    ticket = Ticket.objects.get()
    assert answer["Location"] == address(ticket)
    assert (ticket.priority, ticket.reporter_name, ticket.channel) == ("P1", "Lia", "telefoon")
    assert ticket.events.get().what == What.RECEIVED


def test_what_we_find_ourselves_is_opened_by_us(haarlem: Municipality, browser: Browser) -> None:
    browser.post(
        "/meldingen/nieuw/", {**NEW, "gemeente": str(haarlem.pk), "begins": "wij", "reporter_name": ""}
    )
    assert TicketEvent.objects.get().what == What.OPENED


@pytest.mark.parametrize("given", [{"reporter_name": ""}, {"gemeente": "0"}, {"impact": "x"}, {"text": ""}])
def test_a_report_that_is_not_complete_is_none(
    haarlem: Municipality, browser: Browser, given: dict[str, str]
) -> None:
    answer = browser.post("/meldingen/nieuw/", {**NEW, "gemeente": str(haarlem.pk), **given})
    assert answer.status_code == 422
    assert not Ticket.objects.exists()


def test_of_a_gemeente_that_one_does_not_see_nothing_is_made(haarlem: Municipality, vendor: House) -> None:
    limited = browser_of(
        vendor, member(vendor, "helpdesk", "ut@leverancier.example", municipalities=("utrecht",))
    )
    answer = limited.post("/meldingen/nieuw/", {**NEW, "gemeente": str(haarlem.pk)})
    assert answer.status_code == 422
    assert not Ticket.objects.exists()
