"""A report of a municipality, walked from telling it to agreeing that it is solved; and its pages by axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from helpdesk.acting import answer, ask, solve
from helpdesk.models import Attachment, Ticket
from helpdesk.words import Status
from tenants.accounts.models import Membership
from tenants.registry.context import for_vendor
from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot, unreachable
from tests.browser.entering import follow, press
from tests.conftest import municipality
from tests.helpdesk.reported import bring, contract_for, reported, who

HELP = "helpdesk"


def by_vendor(site: Site, handler: Membership, act: Callable[..., Any], *words: str, **more: str) -> None:
    with site.arranging():
        ticket, writer = Ticket.objects.get(), who(handler)
        with for_vendor():
            act(ticket, *words, who=writer, now=timezone.now(), **more)


def fill_in(page: Page) -> None:
    page.get_by_label("Iets werkt niet").check()
    page.get_by_label("Waar gaat het over?").fill("Zaken van één zaaktype kunnen niet worden afgesloten")
    page.get_by_label("Wat gebeurt er?").fill("Sinds vanmorgen sluiten zaken van één zaaktype niet.")
    page.get_by_label("Een deel van het werk").check()
    page.get_by_label("Het kan niet wachten").check()


def test_reported_answered_disputed_and_confirmed(site: Site, tmp_path: Path) -> None:
    vendor, haarlem = site.house(), site.house("haarlem")
    handler = site.member(vendor, HELP)
    reporter = site.member(haarlem, "catalogusbeheerder")
    with site.arranging():
        contract_for(municipality("haarlem"), timezone.now())
    page = site.open_as(reporter, haarlem, "/meldingen/")
    main = page.get_by_role("main")

    follow(page, "Nieuwe melding")
    expect(main.get_by_role("table", name="Prioriteit en tijden, als u nu verstuurt")).to_contain_text("P2")
    press(page, "Verstuur melding")
    expect(main.get_by_role("alert")).to_contain_text("Schrijf op wat er gebeurt")
    fill_in(page)
    file = tmp_path / "scherm.txt"
    file.write_text("een fout")
    page.get_by_label("Bijlagen").set_input_files(file)
    press(page, "Verstuur melding")
    expect(main.get_by_role("heading", level=1)).to_contain_text("niet worden afgesloten")
    expect(main.get_by_role("group", name="Klokken")).to_contain_text("nog 2 u")
    with page.expect_download() as saved:
        main.get_by_role("link", name=re.compile("^scherm.txt")).click()
    assert saved.value.suggested_filename == "scherm.txt"

    by_vendor(site, handler, ask, "Kunt u het nummer geven van één zaak die niet sluit?")
    page.reload()
    expect(main.get_by_role("heading", name="Wij wachten op u")).to_be_visible()
    page.goto(site.address(haarlem, "/"))
    expect(main.get_by_role("table", name="Wacht op u")).to_contain_text("wacht op uw antwoord")
    main.get_by_role("link", name=re.compile("^Antwoorden")).click()
    page.get_by_label("Uw bericht").fill("ZAAK-2026-0041877 sluit niet.")
    press(page, "Verstuur bericht")
    expect(main.get_by_role("heading", name="Wij wachten op u")).to_have_count(0)

    by_vendor(site, handler, solve, "Het is gemaakt.", cause="Een leeg veld", solution="Gevuld")
    page.reload()
    follow(page, "Nee, er is nog iets")
    page.get_by_label("Wat is er nog niet opgelost?").fill("Een andere zaak sluit nog niet.")
    press(page, "Zeg wat er nog niet is opgelost")
    expect(main).to_contain_text("is aan zet.")

    by_vendor(site, handler, solve, "Nu ook die.", cause="Een leeg veld", solution="Gevuld")
    page.reload()
    press(page, "Ja, het is opgelost")
    expect(main.get_by_text("Gesloten").first).to_be_visible()
    page.get_by_label("4, goed").check()
    press(page, "Bewaar uw oordeel")
    expect(page.get_by_text("Dank u. Dat is bewaard.")).to_be_visible()
    with site.arranging():
        ticket = Ticket.objects.get()
        assert (ticket.status, ticket.satisfaction) == (Status.GESLOTEN, 4)
        assert Attachment.objects.count() == 1


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_the_pages_are_accessible(site: Site, language: str, width: int) -> None:
    vendor, haarlem = site.house(), site.house("haarlem")
    handler, reporter = site.member(vendor, HELP), site.member(haarlem, "beheerder")
    with site.arranging():
        of_haarlem = municipality("haarlem")
        contract_for(of_haarlem, timezone.now())
        made = {
            status: bring(reported(of_haarlem, reporter), status, handler, reporter)
            for status in (Status.NIEUW, Status.WACHT_OP_MELDER, Status.OPGELOST, Status.GESLOTEN)
        }
        with for_vendor():
            answer(made[Status.NIEUW], "Wij kijken.", who=who(handler), now=timezone.now())
    new, waits, solved, closed = (f"/meldingen/{ticket.pk}/" for ticket in made.values())
    paths = (
        "/",
        "/meldingen/",
        "/meldingen/?deel=wacht",
        "/meldingen/nieuw/",
        new,
        waits,
        solved,
        closed,
        f"{new}waarom/",
        f"{new}bericht/",
        f"{new}intrekken/",
        f"{solved}oneens/",
    )
    page = site.open_as(reporter, haarlem, "/meldingen/", language=language, width=width)
    for path in paths:
        page.goto(site.address(haarlem, path))
        shot(page, f"{haarlem.host}{re.sub('[^a-z]', '-', path)}{language}")
        assert axe(page) == [], path
        assert not scrolls_sideways(page), path
        assert width < 1280 or unreachable(page) == [], path
