"""Access that the vendor asks of a municipality, walked on both hosts; and its pages by axe."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from access.models import Emergencies, Grant
from tests.access.grants import make_grant
from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot, unreachable
from tests.browser.entering import follow, press
from tests.conftest import municipality


def test_asked_shortened_used_and_stopped(site: Site) -> None:
    vendor, haarlem = site.house(), site.house("haarlem")
    theirs = site.open_as(site.member(vendor, "helpdesk"), vendor, "/toegang/")
    ours = site.open_as(site.member(haarlem, "beheerder"), haarlem, "/toegang/")

    theirs.get_by_role("main").get_by_role("link", name="Vraag toegang aan").click()
    theirs.get_by_label("Gemeente en omgeving").select_option(label="Haarlem, productie")
    theirs.get_by_label("Melding").fill("2043")
    theirs.get_by_label("Waarom hebt u toegang nodig?").fill("Nagaan welke zaken niet sluiten")
    theirs.get_by_label("Zaakgegevens").check()
    theirs.get_by_label("8 uur").check()
    press(theirs, "Vraag toegang aan")
    expect(theirs.get_by_text("Wacht op gemeente")).to_be_visible()

    ours.reload()
    ours.get_by_role("main").get_by_role("link", name=re.compile("^TG-")).click()
    follow(ours, "Beslis over de aanvraag")
    assert gap_between(ours, "Geef toegang", "Weiger, met reden") > 0
    ours.get_by_label("Instellingen").uncheck()
    ours.get_by_label("4 uur", exact=True).check()
    press(ours, "Geef toegang")
    expect(ours.get_by_role("heading", name="Wat de leverancier mag zien")).to_be_visible()

    theirs.reload()
    running = theirs.get_by_role("region", name=re.compile("^Lopende toegang"))
    expect(running).to_contain_text("U hebt toegang tot Haarlem, productie.")
    ours.locator("[name=reason]").fill("Wij weten genoeg")
    press(ours, "Stop toegang")
    expect(ours.get_by_text("De toegang is gestopt.")).to_be_visible()
    theirs.reload()
    expect(theirs.get_by_role("main")).to_contain_text("Wij weten genoeg")
    expect(running).to_have_count(0)
    expect(theirs.get_by_role("main")).to_contain_text("Ingetrokken")

    ours.goto(site.address(haarlem, "/logboek/"))
    for words in ("toegang gevraagd", "toegang gegeven", "toegang gestopt"):
        expect(ours.get_by_role("cell", name=words, exact=True)).to_be_visible()
    ours.goto(site.address(haarlem, "/logboek/leverancier/"))
    for words in ("toegang gevraagd", "toegang gegeven", "toegang gestopt"):
        expect(ours.get_by_role("cell", name=words, exact=True)).to_be_visible()


def gap_between(page: Page, above: str, below: str) -> float:
    """Pixels between two things that one can press, the second of them below the first."""
    main = page.get_by_role("main")
    upper = main.get_by_role("button", name=above).bounding_box()
    lower = main.get_by_role("link", name=below).bounding_box()
    assert upper
    assert lower
    return lower["y"] - upper["y"] - upper["height"]


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_the_pages_are_accessible(site: Site, language: str, width: int) -> None:
    vendor, haarlem = site.house(), site.house("haarlem")
    asker, boss = site.member(vendor, "helpdesk"), site.member(haarlem, "beheerder")
    with site.arranging():
        now, of_haarlem = timezone.now(), municipality("haarlem")
        Emergencies.objects.create(municipality=of_haarlem, allowed=True)
        waiting = make_grant(of_haarlem, now=now, asker=asker)
        running = make_grant(
            of_haarlem,
            now=now,
            asker=asker,
            state="toegestaan",
            decided_at=now,
            decided_by="lia@haarlem.example",
            hours_allowed=4,
            valid_from=now,
            valid_until=now + timedelta(hours=4),
        )
        make_grant(
            of_haarlem,
            now=now,
            asker=asker,
            kind="nood",
            state="noodtoegang",
            valid_from=now,
            valid_until=now + timedelta(hours=1),
        )
    paths = {
        vendor: ("/toegang/", "/toegang/aanvragen/", f"/toegang/{running.pk}/", f"/toegang/{waiting.pk}/"),
        haarlem: (
            "/toegang/",
            "/toegang/noodtoegang/",
            f"/toegang/{waiting.pk}/",
            f"/toegang/{waiting.pk}/besluit/",
            f"/toegang/{waiting.pk}/weigeren/",
            f"/toegang/{running.pk}/",
        ),
    }
    for house, who in ((vendor, asker), (haarlem, boss)):
        page = site.open_as(who, house, "/toegang/", language=language, width=width)
        for path in paths[house]:
            page.goto(site.address(house, path))
            shot(page, f"{house.host}{path.replace('/', '-')}{language}")
            assert axe(page) == [], path
            assert not scrolls_sideways(page), path
            assert width < 1280 or unreachable(page) == [], path
    with site.arranging():
        assert Grant.objects.count() == 3
