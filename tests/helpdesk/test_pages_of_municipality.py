"""The pages of reports at a municipality, and the files of both sides, as people go through them."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from helpdesk.acting import answer, ask, note, solve
from helpdesk.keeping import attach
from helpdesk.models import Attachment, Ticket, TicketEvent
from helpdesk.words import Status
from tenants.accounts.models import Membership
from tenants.registry.connection import connection
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.helpdesk.reported import at_vendor, bring, contract_for, reported, who
from tests.people import Browser, House, browser_of, member

XSS = "<img src=x onerror=alert(1)>"
BSN = "123456782"
MOST_OF_LIST = 4
MOST_OF_DETAIL = 12

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter(at_haarlem: House) -> Membership:
    return member(at_haarlem, "catalogusbeheerder", "lia@haarlem.example")


@pytest.fixture
def ours(at_haarlem: House, reporter: Membership) -> Browser:
    return browser_of(at_haarlem, reporter)


@pytest.fixture
def handler(vendor: House) -> Membership:
    return member(vendor, "helpdesk", "sam@leverancier.example")


def given(**more: Any) -> dict[str, Any]:
    return {
        "once": str(uuid4()),
        "kind": "storing",
        "subject": "Zaken sluiten niet",
        "text": "Sinds vanmorgen.",
        "impact": "middel",
        "urgency": "hoog",
        **more,
    }


def text(answer: Any) -> str:
    return str(answer.content.decode())


def main_of(answer: Any) -> str:
    return text(answer).partition("<main")[2]


# Walks -------------------------------------------------------------------------------------------


def test_reported_asked_answered_solved_and_confirmed(
    haarlem: Municipality, ours: Browser, handler: Membership
) -> None:
    contract_for(haarlem, timezone.now())
    sent = ours.post("/meldingen/nieuw/", given())
    ticket = Ticket.objects.get()
    at = f"/meldingen/{ticket.pk}/"
    assert (sent.status_code, sent["Location"]) == (303, f"/beheer{at}")
    page = text(ours.get(at))
    assert "is verstuurd." in page
    assert "is aan zet." in page
    assert "nog niemand" in page
    assert "Waarom is de oplossing" in page

    with for_vendor():
        ask(ticket, "Welke zaak sluit niet?", who=who(handler), now=timezone.now())
    page = main_of(ours.get(at))
    assert "Wij wachten op u" in page
    assert "Welke zaak sluit niet?" in page
    assert "1" in main_of(ours.get("/"))
    assert "wacht op uw antwoord" in main_of(ours.get("/"))

    assert ours.post(f"{at}bericht/", {"once": str(uuid4()), "text": "ZAAK-1"}).status_code == 303
    assert "Wij wachten op u" not in main_of(ours.get(at))
    with for_vendor():
        solve(ticket, "Klaar.", cause="Leeg veld", solution="Gevuld.", who=who(handler), now=timezone.now())
    assert "Is het opgelost?" in main_of(ours.get(at))
    assert ours.post(f"{at}oneens/", {"once": str(uuid4()), "text": ""}).status_code == 422
    assert ours.post(f"{at}oneens/", {"once": str(uuid4()), "text": "Niet"}).status_code == 303
    assert at_vendor(ticket.pk).status == Status.IN_BEHANDELING
    with for_vendor():
        solve(ticket, "Nu wel.", cause="Leeg veld", solution="Gevuld.", who=who(handler), now=timezone.now())
    assert ours.post(f"{at}bevestigen/", {"once": str(uuid4())}).status_code == 303
    assert at_vendor(ticket.pk).status == Status.GESLOTEN
    assert "Hoe ging het?" in main_of(ours.get(at))
    assert ours.post(f"{at}waardering/", {"once": str(uuid4()), "mark": "5"}).status_code == 303
    assert at_vendor(ticket.pk).satisfaction == 5


def test_a_report_is_found_by_its_number(haarlem: Municipality, ours: Browser, reporter: Membership) -> None:
    found, other = (reported(haarlem, reporter, subject=subject) for subject in ("Inloggen", "Zoeken"))

    page = main_of(ours.get("/meldingen/", q=found.number))

    assert found.subject in page
    assert other.subject not in page


def test_a_button_that_told_nothing_asks_to_be_pressed_again(
    haarlem: Municipality, ours: Browser, reporter: Membership, handler: Membership
) -> None:
    solved = bring(reported(haarlem, reporter), Status.OPGELOST, handler, reporter)

    ours.post(f"/meldingen/{solved.pk}/bevestigen/", {"once": "niets"})

    assert "Druk nog eens op de knop." in text(ours.get(f"/meldingen/{solved.pk}/"))
    assert at_vendor(solved.pk).status == Status.OPGELOST


def test_before_it_is_sent_one_sees_the_priority_and_until_when(haarlem: Municipality, ours: Browser) -> None:
    contract_for(haarlem, timezone.now())

    page = main_of(ours.get("/meldingen/nieuw/"))

    assert "Wat u dan kunt verwachten" in page
    assert page.count("eerste reactie uiterlijk") == 9
    assert "Zonder contract" not in page


def test_without_a_contract_no_time_is_promised(ours: Browser) -> None:
    assert "Zonder contract: geen beloofde tijden" in main_of(ours.get("/meldingen/nieuw/"))
    ours.post("/meldingen/nieuw/", given())

    page = main_of(ours.get(f"/meldingen/{Ticket.objects.get().pk}/"))

    assert "Zonder contract: geen beloofde tijden" in page
    assert "zonder contract" in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"text": ""}, "Schrijf op wat er gebeurt"),
        ({"subject": " "}, "waar het over gaat"),
        ({"impact": "enorm"}, "Wie heeft er last van?"),
        ({"kind": ""}, "Kies wat u wilt melden"),
        ({"text": "x" * 20_001}, "Wat gebeurt er?"),
        ({"text": "a\0b"}, "Wat gebeurt er?"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(
    ours: Browser, more: dict[str, str], words: str
) -> None:
    answer = ours.post("/meldingen/nieuw/", given(**more))

    assert answer.status_code == 422
    assert words in main_of(answer)
    assert not Ticket.objects.exists()


def test_the_same_form_twice_is_one_report(ours: Browser) -> None:
    form = given()

    answers = [ours.post("/meldingen/nieuw/", form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Ticket.objects.count() == 1
    assert "Dit was al verstuurd" in text(ours.get("/meldingen/"))


def test_a_number_of_a_citizen_is_masked_and_the_writer_is_told(ours: Browser) -> None:
    ours.post("/meldingen/nieuw/", given(text=f"Het gaat om {BSN}."))

    page = text(ours.get(f"/meldingen/{Ticket.objects.get().pk}/"))

    assert "Dat is onleesbaar gemaakt" in page
    assert BSN not in page
    assert TicketEvent.objects.get().is_masked


@pytest.mark.parametrize(
    ("status", "path"),
    [
        (Status.GESLOTEN, "bericht"),
        (Status.INGETROKKEN, "bericht"),
        (Status.SAMENGEVOEGD, "bericht"),
        (Status.GESLOTEN, "intrekken"),
        (Status.NIEUW, "oneens"),
        (Status.GESLOTEN, "oneens"),
        (Status.NIEUW, "bevestigen"),
        (Status.GESLOTEN, "bevestigen"),
    ],
)
def test_a_page_that_is_too_late_says_what_happened_meanwhile(
    haarlem: Municipality, ours: Browser, reporter: Membership, handler: Membership, status: Status, path: str
) -> None:
    ticket = bring(reported(haarlem, reporter), status, handler, reporter)
    events = ticket.events.count()

    answer = ours.post(f"/meldingen/{ticket.pk}/{path}/", {"once": str(uuid4()), "text": "x"})

    assert answer.status_code == 409
    assert str(ticket.pk) in main_of(answer)
    assert ticket.events.count() == events


def test_what_came_meanwhile_is_read_first_and_the_words_stay(
    haarlem: Municipality, ours: Browser, reporter: Membership, handler: Membership
) -> None:
    ticket = reported(haarlem, reporter)
    seen = ticket.events.get().pk
    with for_vendor():
        answer(ticket, "Wij hebben het al gevonden.", who=who(handler), now=timezone.now())
    form = {"once": str(uuid4()), "seen": str(seen), "text": "Mijn lange verhaal"}

    refused = ours.post(f"/meldingen/{ticket.pk}/bericht/", form)

    assert refused.status_code == 422
    assert "Lees het eerst" in main_of(refused)
    assert "Mijn lange verhaal" in main_of(refused)
    assert "Wij hebben het al gevonden." in main_of(refused)
    last = re.search(r'name="seen" value="(\d+)"', main_of(refused))
    assert last is not None
    assert ours.post(f"/meldingen/{ticket.pk}/bericht/", {**form, "seen": last[1]}).status_code == 303


# What is seen ------------------------------------------------------------------------------------


def test_what_anybody_wrote_is_shown_as_text(
    haarlem: Municipality, ours: Browser, reporter: Membership, handler: Membership, at_haarlem: House
) -> None:
    reporter.user.name = XSS
    with at_haarlem.entered():
        reporter.user.save()
    ours.post("/meldingen/nieuw/", given(subject=XSS, text=XSS, component=XSS))
    ticket = Ticket.objects.get()
    with for_vendor():
        ask(ticket, f"{XSS}?", who=who(handler), now=timezone.now())
    at = f"/meldingen/{ticket.pk}/"
    file = SimpleUploadedFile(f"{XSS}.html", b"<script>alert(1)</script>")
    ours.post(f"{at}bericht/", {"once": str(uuid4()), "text": XSS, "files": [file]})
    with for_vendor():
        ask(ticket, f"{XSS}?", who=who(handler), now=timezone.now())

    for path in ("/", "/meldingen/", at, f"{at}bericht/", f"{at}intrekken/", f"{at}waarom/"):
        page = ours.get(path)
        assert page.status_code == 200
        assert XSS not in text(page), path
        assert "&lt;img src=x" in text(page), path


def test_internal_notes_are_not_told(
    haarlem: Municipality, ours: Browser, reporter: Membership, handler: Membership
) -> None:
    ticket = reported(haarlem, reporter)
    with for_vendor():
        note(ticket, "Deze melder klaagt vaak.", who=who(handler), now=timezone.now())

    page = text(ours.get(f"/meldingen/{ticket.pk}/"))

    assert "klaagt" not in page
    assert "Intern" not in page


def test_the_parts_of_the_list(
    haarlem: Municipality, ours: Browser, reporter: Membership, handler: Membership
) -> None:
    made = {
        status: bring(reported(haarlem, reporter, subject=f"x{status}x"), status, handler, reporter)
        for status in Status
    }
    parts = {
        "open": {"nieuw", "in_behandeling", "wacht_op_melder", "wacht_op_derde", "gepland"},
        "wacht": {"wacht_op_melder", "opgelost"},
        "opgelost": {"opgelost"},
        "gesloten": {"gesloten", "ingetrokken", "samengevoegd"},
    }

    for part, statuses in parts.items():
        page = main_of(ours.get("/meldingen/", deel=part))
        assert {status.value for status in made if f">x{status}x<" in page} == statuses, part


def test_a_reader_sees_and_does_nothing(
    haarlem: Municipality, at_haarlem: House, reporter: Membership, handler: Membership
) -> None:
    ticket = bring(reported(haarlem, reporter), Status.WACHT_OP_MELDER, handler, reporter)
    reader = browser_of(at_haarlem, member(at_haarlem, "lezer"))

    page = main_of(reader.get(f"/meldingen/{ticket.pk}/"))

    assert "Welke zaak?" in page
    assert "Antwoorden kan: beheerder" in page
    assert "Verstuur bericht" not in page
    assert reader.post(f"/meldingen/{ticket.pk}/bericht/", {"text": "x"}).status_code == 403


def test_the_same_explanation_can_be_printed(
    haarlem: Municipality, ours: Browser, reporter: Membership
) -> None:
    contract_for(haarlem, timezone.now())
    ticket = reported(haarlem, reporter)

    page = main_of(ours.get(f"/meldingen/{ticket.pk}/waarom/"))

    assert "Afspraak: bij P2 een oplossing binnen 11 uur werktijd" in page
    assert "melding ontvangen" in page


def statements(browser: Browser, path: str) -> int:
    """Of the page itself: what stands around it and who asks is of every page."""
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len([query for query in captured if "helpdesk_" in query["sql"] or "contracts_" in query["sql"]])


def test_the_list_takes_few_statements_however_long_it_is(
    haarlem: Municipality, ours: Browser, reporter: Membership
) -> None:
    contract_for(haarlem, timezone.now())
    for _ in range(3):
        reported(haarlem, reporter)
    few = statements(ours, "/meldingen/")
    for _ in range(6):
        reported(haarlem, reporter)

    assert statements(ours, "/meldingen/") == few <= MOST_OF_LIST


def test_a_report_takes_few_statements_however_much_was_said(
    haarlem: Municipality, ours: Browser, reporter: Membership, handler: Membership
) -> None:
    contract_for(haarlem, timezone.now())
    ticket = reported(haarlem, reporter)
    few = statements(ours, f"/meldingen/{ticket.pk}/")
    for _ in range(4):
        with for_vendor():
            answer(ticket, "Wij kijken.", who=who(handler), now=timezone.now())

    assert statements(ours, f"/meldingen/{ticket.pk}/") == few <= MOST_OF_DETAIL


# Files -------------------------------------------------------------------------------------------


def test_files_come_with_a_message_and_go_to_who_may_read_it(
    haarlem: Municipality, ours: Browser, vendor: House, handler: Membership, at_utrecht: House
) -> None:
    ours.post("/meldingen/nieuw/", given(files=[SimpleUploadedFile("a.pdf", b"%PDF")]))
    ticket, file = Ticket.objects.get(), Attachment.objects.get()
    path = f"/meldingen/{ticket.pk}/bijlagen/{file.pk}/"
    theirs = browser_of(at_utrecht, member(at_utrecht, "beheerder"))
    limited = member(vendor, "helpdesk", "u@leverancier.example", municipalities=("utrecht",))

    assert "a.pdf" in main_of(ours.get(f"/meldingen/{ticket.pk}/"))
    for browser in (ours, browser_of(vendor, handler)):
        answer = browser.get(path)
        assert (answer.status_code, answer.getvalue()) == (200, b"%PDF")
        assert answer["Content-Disposition"] == 'attachment; filename="a.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
    for browser in (theirs, browser_of(vendor, limited)):
        assert browser.get(path).status_code == 404
    assert ours.get(f"/meldingen/{ticket.pk + 1}/bijlagen/{file.pk}/").status_code == 404


def test_a_file_of_an_internal_note_is_the_vendors_alone(
    haarlem: Municipality, ours: Browser, vendor: House, reporter: Membership, handler: Membership
) -> None:
    ticket = reported(haarlem, reporter)
    with for_vendor():
        event = note(ticket, "Onder ons.", who=who(handler), now=timezone.now())
        attach(event, [SimpleUploadedFile("intern.txt", b"x")], [""])
        file = event.attachments.get()
    path = f"/meldingen/{ticket.pk}/bijlagen/{file.pk}/"

    assert ours.get(path).status_code == 404
    assert browser_of(vendor, handler).get(path).getvalue() == b"x"


def test_a_file_that_is_gone_is_not_found(
    haarlem: Municipality, ours: Browser, vendor: House, handler: Membership
) -> None:
    ours.post("/meldingen/nieuw/", given(files=[SimpleUploadedFile("a.txt", b"x")]))
    file = Attachment.objects.get()
    Attachment.objects.update(key="meldingen/weg")
    path = f"/meldingen/{file.ticket_id}/bijlagen/{file.pk}/"

    assert [browser.get(path).status_code for browser in (ours, browser_of(vendor, handler))] == [404, 404]


def test_too_many_files_are_refused(ours: Browser) -> None:
    files = [SimpleUploadedFile(f"{each}.txt", b"x") for each in range(11)]

    answer = ours.post("/meldingen/nieuw/", given(files=files))

    assert answer.status_code == 422
    assert "ten hoogste 10 bestanden" in main_of(answer)
    assert not Ticket.objects.exists()
