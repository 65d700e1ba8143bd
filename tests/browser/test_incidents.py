"""An incident, told at the vendor and read at two municipalities; and its pages by axe."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from incidents.models import Incident, Nature, State
from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot, unreachable
from tests.browser.entering import follow, press
from tests.conftest import municipality
from tests.incidents.broken import add_update, make_incident


def test_told_once_and_read_by_two(site: Site) -> None:
    vendor, haarlem, utrecht = site.house(), site.house("haarlem"), site.house("utrecht")
    theirs = site.open_as(site.member(vendor, "operatie"), vendor, "/storingen/")
    ours = site.open_as(site.member(haarlem, "lezer"), haarlem, "/medewerkers/")
    neighbours = site.open_as(site.member(utrecht, "beheerder"), utrecht, "/medewerkers/")

    follow(theirs, "Storing melden")
    theirs.get_by_label("Wat werkt niet?").fill("Zaken openen duurt lang")
    theirs.get_by_label("Onderdeel").fill("Zaken")
    theirs.get_by_label("Groot", exact=True).check()
    theirs.get_by_label("Wat moeten de gemeenten weten?").fill("Wij zoeken naar de oorzaak.")
    theirs.get_by_label("30 minuten").check()
    theirs.get_by_label("Haarlem", exact=True).check()
    theirs.get_by_label("Utrecht", exact=True).check()
    press(theirs, "Meld de storing")
    expect(theirs.get_by_role("main")).to_contain_text("Wij zoeken naar de oorzaak.")

    for page in (ours, neighbours):
        page.reload()
        running = page.get_by_role("region", name=re.compile("^Storing ST-"))
        expect(running).to_contain_text("Storing: Zaken openen duurt lang.")
        running.get_by_role("link", name=re.compile("^ST-")).click()
        expect(page.get_by_role("main")).to_contain_text("Wij zoeken naar de oorzaak.")
    expect(ours.get_by_role("main")).not_to_contain_text("Utrecht")
    expect(neighbours.get_by_role("main")).not_to_contain_text("Haarlem")

    follow(theirs, "Meld dat het is opgelost")
    theirs.get_by_label("Wat moeten de gemeenten weten?").fill("Alles werkt weer.")
    theirs.get_by_label("Wat was de oorzaak?").fill("Een volle schijf.")
    press(theirs, "Meld dat het is opgelost")
    expect(theirs.get_by_role("main")).to_contain_text("Een volle schijf.")
    for page in (ours, neighbours):
        page.reload()
        expect(page.get_by_role("main")).to_contain_text("Een volle schijf.")
        expect(page.get_by_role("region", name=re.compile("^Storing ST-"))).to_have_count(0)

    follow(theirs, "Evalueer de storing")
    theirs.get_by_label("Wat moeten de gemeenten weten?").fill("Dit hebben wij geleerd.")
    theirs.get_by_label("Wat voorkomt herhaling?").fill("Wij meten hoe vol de schijf is.")
    press(theirs, "Evalueer de storing")
    expect(theirs.get_by_role("main")).to_contain_text("Wij meten hoe vol de schijf is.")
    ours.reload()
    expect(ours.get_by_role("main")).to_contain_text("Wij meten hoe vol de schijf is.")


def test_of_two_who_write_the_second_keeps_his_text(site: Site) -> None:
    vendor = site.house()
    operator, colleague = site.member(vendor, "operatie"), site.member(vendor, "helpdesk")
    with site.arranging():
        incident = make_incident(municipality("haarlem"), next_update_at=timezone.now() + timedelta(hours=1))
    path = f"/storingen/{incident.pk}/update/"
    one, two = (site.open_as(who, vendor, path) for who in (operator, colleague))
    for page, words in ((one, "De schijf is vol."), (two, "Ik zag hetzelfde.")):
        page.get_by_label("Wat moeten de gemeenten weten?").fill(words)

    press(one, "Plaats een update")
    expect(one.get_by_role("main")).to_contain_text("De schijf is vol.")
    press(two, "Plaats een update")
    expect(two.get_by_text(re.compile("Lees die eerst"))).to_be_visible()
    expect(two.get_by_label("Wat moeten de gemeenten weten?")).to_have_value("Ik zag hetzelfde.")
    press(two, "Plaats een update")
    expect(two.get_by_role("main")).to_contain_text("Ik zag hetzelfde.")


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_the_pages_are_accessible(site: Site, language: str, width: int) -> None:
    vendor, haarlem = site.house(), site.house("haarlem")
    operator, reader = site.member(vendor, "operatie"), site.member(haarlem, "lezer")
    now = timezone.now()
    with site.arranging():
        both = (municipality("haarlem"), municipality("utrecht"))
        leak = make_incident(
            *both,
            nature=Nature.DATALEK,
            nature_since=now - timedelta(hours=30),
            next_update_at=now - timedelta(minutes=20),
            started_at=now - timedelta(hours=31),
            detected_at=now - timedelta(hours=30),
        )
        add_update(leak, at=now - timedelta(minutes=80), state=State.ONDERZOEK)
        over = make_incident(*both, state=State.GEEVALUEERD)
        mended = make_incident(*both, state=State.OPGELOST)
    paths = {
        vendor: (
            "/storingen/",
            "/storingen/nieuw/",
            f"/storingen/{leak.pk}/",
            f"/storingen/{leak.pk}/update/",
            f"/storingen/{leak.pk}/oplossen/",
            f"/storingen/{leak.pk}/gemeenten/",
            f"/storingen/{leak.pk}/gemeenten/toevoegen/",
            f"/storingen/{mended.pk}/evalueren/",
            f"/storingen/{over.pk}/",
            "/",
        ),
        haarlem: ("/storingen/", f"/storingen/{leak.pk}/", f"/storingen/{over.pk}/", "/"),
    }
    for house, who in ((vendor, operator), (haarlem, reader)):
        page = site.open_as(who, house, "/storingen/", language=language, width=width)
        for path in paths[house]:
            page.goto(site.address(house, path))
            shot(page, f"{house.host}{path.replace('/', '-')}{language}")
            assert axe(page) == [], path
            assert not scrolls_sideways(page), path
            assert width < 1280 or unreachable(page) == [], path
    with site.arranging():
        assert Incident.objects.count() == 3
