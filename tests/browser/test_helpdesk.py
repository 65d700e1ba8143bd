"""The helpdesk at work: the first of the queue, an answer, a hand-over, a solution; and its pages by axe."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from contracts.models import ServiceLevelVersion
from helpdesk import acting
from helpdesk.models import Ticket
from helpdesk.storing import store_clocks
from helpdesk.words import Status
from tenants.accounts.models import Membership
from tenants.registry.context import for_vendor
from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot, unreachable
from tests.browser.entering import follow, press
from tests.conftest import municipality
from tests.helpdesk.tickets import fresh, level, told, who

SUBJECTS = (
    "Notificaties komen niet aan bij het vergunningensysteem",
    "Inloggen met SSO geeft een lege pagina",
    "Zaken van één zaaktype kunnen niet worden afgesloten",
    "Hoe voeg ik een tweede reviewer toe aan een vernietigingslijst?",
    "Archiefactiedatum wijkt af bij gerelateerde zaken",
    "Archiefactiedatum ontbreekt bij gerelateerde zaken",
)


def make(
    handler: Membership, subject: str, hours: int, priority: str, version: ServiceLevelVersion
) -> Ticket:
    """Reported so many hours ago."""
    then = timezone.now() - timedelta(hours=hours)
    with for_vendor():
        ticket = acting.report(
            municipality("haarlem"), told(priority, subject=subject), who=who(handler), now=then
        )
        ticket.service_level_version = version
        ticket.save()
        store_clocks(ticket, then)
    return ticket


def test_taken_up_answered_handed_over_and_solved(site: Site) -> None:
    vendor = site.house()
    handler = site.member(vendor, "helpdesk", "sam@leverancier.example")
    other = site.member(vendor, "operatie", "jo@leverancier.example")
    with site.arranging():
        version = level(always=("P1", "P2", "P3", "P4"))
        later = make(handler, SUBJECTS[0], 1, "P4", version)
        first = make(handler, SUBJECTS[1], 1, "P2", version)
    page = site.open_as(handler, vendor, "/meldingen/")
    main = page.get_by_role("main")

    # what is due in an hour and in ten is due today or tomorrow, by when this is asked
    due = Counter(timezone.localdate(each.next_due_at) for each in (first, later))
    today = due[timezone.localdate()]
    expect(main.get_by_role("table")).to_contain_text(f"Vandaag, {today}" if today else "Later, 2")
    press(page, "Pak de eerste op")
    expect(main.get_by_role("heading", level=1)).to_have_text(SUBJECTS[1])
    expect(main.get_by_role("complementary")).to_contain_text("Helpdesk, eerste lijn")

    press(page, "Verstuur antwoord")
    expect(main.get_by_role("alert")).to_contain_text("Schrijf een bericht")
    page.get_by_label("Bericht").fill("Dank voor uw melding. Wij zoeken het uit.")
    press(page, "Verstuur antwoord")
    expect(main.get_by_role("group", name="Klokken van deze melding")).to_contain_text("gehaald")

    page.get_by_label("Bericht").fill("Met welke browser ziet u dit?")
    page.get_by_label("Wacht op melder").check()
    press(page, "Verstuur antwoord")
    expect(main.get_by_text("Wacht op melder").first).to_be_visible()
    page.goto(site.address(vendor, "/meldingen/"))
    follow(page, "Wacht op melder 1")
    main.get_by_role("link", name=re.compile(SUBJECTS[1])).click()

    follow(page, "Schrijf op wat de melder zei")
    page.get_by_label("In de woorden van de melder").fill("In elke browser.")
    press(page, "Schrijf op wat de melder zei")
    expect(main.get_by_text("Wij zijn aan zet")).to_be_visible()

    follow(page, "Draag de melding over")
    page.get_by_label("Tweede lijn").check()
    page.get_by_label("Collega").select_option(str(other.user_id))
    page.get_by_label("Wat moet de volgende weten?").fill("Ligt niet aan de browser.")
    press(page, "Draag de melding over")
    expect(main.get_by_role("complementary")).to_contain_text("Operatie, tweede lijn")
    expect(main.get_by_text("Intern, niet zichtbaar voor de gemeente")).to_be_visible()

    page.get_by_label("Bericht").fill("Het is opgelost.")
    page.get_by_label("Opgelost", exact=True).check()
    press(page, "Verstuur antwoord")
    expect(main.get_by_role("alert")).to_contain_text("oorzaak")
    page.get_by_label("Oorzaak").fill("Een verlopen certificaat.")
    press(page, "Verstuur antwoord")
    expect(main.get_by_text("Opgelost").first).to_be_visible()
    with site.arranging(), for_vendor():
        solved = fresh(first)
        assert (solved.status, solved.owner, solved.cause) == (
            Status.OPGELOST,
            other.user,
            "Een verlopen certificaat.",
        )


def test_the_queue_refreshes_itself_and_disturbs_nobody(site: Site) -> None:
    """Focus stays where it was; not while one fills in or selects, and not where nobody looks."""
    vendor = site.house()
    handler = site.member(vendor, "helpdesk", "sam@leverancier.example")

    def comes(subject: str) -> None:
        with site.arranging():
            make(handler, subject, 1, "P4", version)

    with site.arranging():
        version = level(always=("P1", "P2", "P3", "P4"))
    comes(SUBJECTS[0])
    page = site.open_as(handler, vendor, "/meldingen/")
    page.clock.install()
    page.reload()
    row = page.get_by_role("link", name=re.compile(SUBJECTS[0]))
    row.focus()
    comes(SUBJECTS[1])
    page.clock.fast_forward("01:01")
    expect(page.get_by_role("link", name=re.compile(SUBJECTS[1]))).to_be_visible()
    expect(row).to_be_focused()
    expect(page.get_by_text("Bijgewerkt om")).to_be_visible()

    search = page.get_by_label("Nummer, onderwerp of gemeente")
    search.fill("half")
    row.focus()
    comes(SUBJECTS[2])
    with page.expect_response("**/meldingen/"):
        page.clock.fast_forward("01:01")
    expect(search).to_have_value("half")
    third = page.get_by_role("link", name=re.compile(SUBJECTS[2]))
    expect(third).to_have_count(0)

    search.fill("")
    row.focus()
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    page.clock.fast_forward("01:01")
    expect(third).to_have_count(0)
    page.evaluate("delete document.hidden")
    page.clock.fast_forward("01:01")
    expect(third).to_be_visible()


def test_a_draft_is_kept_and_goes_when_it_is_sent(site: Site) -> None:
    vendor = site.house()
    handler = site.member(vendor, "helpdesk", "sam@leverancier.example")
    with site.arranging():
        ticket = make(handler, SUBJECTS[0], 1, "P4", level(always=("P4",)))
    page = site.open_as(handler, vendor, f"/meldingen/{ticket.pk}/")

    page.get_by_label("Bericht").fill("Half geschreven")
    press(page, "Bewaar als concept")
    expect(page.get_by_label("Bericht")).to_have_value("Half geschreven")
    expect(page.get_by_role("main").get_by_text("Uw concept van vandaag")).to_be_visible()
    assert axe(page) == []
    shot(page, "melding-concept")
    press(page, "Verstuur antwoord")
    expect(page.get_by_label("Bericht")).to_have_value("")


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_the_pages_are_accessible(site: Site, language: str, width: int) -> None:
    vendor = site.house()
    chief = site.member(vendor, "eigenaar", "jo@leverancier.example")
    handler = site.member(vendor, "helpdesk", "sam@leverancier.example")
    with site.arranging():
        version = level(always=("P1", "P2", "P3", "P4"))
        made = [
            make(handler, subject, hours, priority, version)
            for subject, hours, priority in zip(
                SUBJECTS, (3, 1, 2, 1, 1, 30), ("P1", "P2", "P2", "P3", "P4", "P3"), strict=True
            )
        ]
        shown = made[2]
        with for_vendor():
            how: dict[str, Any] = {"who": who(handler), "now": timezone.now()}
            acting.answer(shown, "Dank voor uw melding. We zien de fout ook.", **how)
            acting.ask(shown, "Kunt u het nummer geven van één zaak die niet sluit?", **how)
            acting.note(shown, "De eigenschap is leeg.", **how)
            acting.solve(made[5], "Gevuld.", cause="Leeg.", solution="", **how)
    paths = (
        "/",
        "/meldingen/",
        "/meldingen/wacht-op-melder/",
        "/meldingen/gesloten/",
        "/meldingen/dreigt/",
        "/meldingen/nieuw/",
        f"/meldingen/{shown.pk}/",
        f"/meldingen/{made[4].pk}/",
        *(
            f"/meldingen/{shown.pk}/{page}/"
            for page in (
                "klokken",
                "oppakken",
                "overdragen",
                "prioriteit",
                "plannen",
                "verder",
                "samenvoegen",
                "melder",
                "gegevens",
                "koppelen",
                "hotfix",
                "corrigeren",
            )
        ),
    )
    page = site.open_as(chief, vendor, "/meldingen/", language=language, width=width)
    for path in paths:
        page.goto(site.address(vendor, path))
        shot(page, f"{vendor.host}{re.sub('[^a-z]+', '-', path)}{language}")
        assert axe(page) == [], path
        assert not scrolls_sideways(page), path
        assert width < 1280 or unreachable(page) == [], path
