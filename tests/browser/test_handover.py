"""A municipality goes to another vendor: each side signs on its own host, and the former one sees no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tenants.accounts.models import Membership
from tenants.registry.models import Municipality, Organisation
from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot
from tests.browser.entering import follow, press, submit
from tests.handover.moves import other_vendor
from tests.people import House, vendor_organisation


@pytest.fixture
def new(site: Site) -> Iterator[Organisation]:
    """Who takes over; afterwards Haarlem is back where it was."""
    with site.arranging():
        before, made = vendor_organisation(), other_vendor()
    yield made
    with site.arranging():
        Municipality.objects.filter(schema_name="haarlem").update(vendor=before)


@pytest.fixture
def people(site: Site, new: Organisation) -> tuple[Membership, Membership, Membership]:
    vendor = site.house()
    return (
        site.member(site.house("haarlem"), "beheerder"),
        site.member(vendor, "eigenaar", "nieuw@dimpact.example", organisation=new),
        site.member(vendor, "eigenaar", "oud@x.example"),
    )


def begin(page: Page) -> None:
    follow(page, "Begin een overdracht")
    page.get_by_label("Wie gaat het overnemen?").select_option(label="Dimpact")
    page.locator("[name=decision]").fill("Collegebesluit 2026-118")
    page.locator("[name=decided_on]").fill("2026-11-02")
    submit(page)
    follow(page, "Onderteken en vraag aan")
    press(page, "Onderteken en vraag aan")
    expect(page.get_by_role("main").get_by_text("Aangevraagd").first).to_be_visible()


def act(page: Page, words: str) -> None:
    page.reload()
    follow(page, words)
    press(page, words)
    expect(page.get_by_role("heading", name="Handtekeningen")).to_be_visible()


def do_own_tasks(page: Page, count: int) -> None:
    page.reload()
    for _ in range(count):
        page.get_by_role("link", name="Meld dat dit is gedaan").first.click()
        page.locator("[name=evidence]").fill("Vastgelegd op 26 november.")
        submit(page)
        expect(page.get_by_role("heading", name="Handtekeningen")).to_be_visible()


def plan(page: Page, moment: datetime) -> None:
    page.reload()
    follow(page, "Plan het moment")
    page.locator("[name=planned_at]").fill(f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}")
    page.locator("[name=overlap_until]").fill(f"{moment + timedelta(days=14):%Y-%m-%d}")
    press(page, "Plan het moment")
    expect(page.get_by_role("heading", name="Handtekeningen")).to_be_visible()


def test_a_municipality_goes_to_another_vendor(
    site: Site, people: tuple[Membership, Membership, Membership]
) -> None:
    vendor, haarlem = site.house(), site.house("haarlem")
    ours, receiver, former = people
    gemeente = site.open_as(ours, haarlem, "/overdracht/")
    begin(gemeente)

    theirs = site.open_as(receiver, vendor, "/overdrachten/")
    follow(theirs, "Haarlem")
    act(theirs, "Onderteken en aanvaard")
    leaving = site.open_as(former, vendor, "/overdrachten/")
    follow(leaving, "Haarlem")
    act(leaving, "Bevestig de overdracht")
    act(theirs, "Begin de voorbereiding")
    do_own_tasks(theirs, 1)
    do_own_tasks(gemeente, 1)
    plan(gemeente, timezone.now())
    shot(theirs, "leverancier-overdracht-voorbereiding")
    act(theirs, "Draag nu over")
    expect(theirs.get_by_role("heading", name="Taken")).to_be_visible()
    shot(theirs, "leverancier-overdracht-overgedragen")

    theirs.goto(site.address(vendor, "/gemeenten/"))
    expect(theirs.get_by_role("link", name="Haarlem")).to_be_visible()
    leaving.goto(site.address(vendor, "/gemeenten/"))
    expect(leaving.get_by_role("link", name="Haarlem")).to_have_count(0)
    leaving.goto(site.address(vendor, "/overdrachten/"))
    follow(leaving, "Haarlem")
    assert axe(leaving) == []
    gemeente.goto(site.address(haarlem, "/logboek/"))
    expect(gemeente.get_by_role("cell", name="overgedragen", exact=True)).to_be_visible()


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_its_pages_are_accessible(
    site: Site,
    people: tuple[Membership, Membership, Membership],
    new: Organisation,
    language: str,
    width: int,
) -> None:
    vendor, haarlem = site.house(), site.house("haarlem")
    ours, receiver, _former = people
    begin(site.open_as(ours, haarlem, "/overdracht/"))
    with site.arranging():
        from_list = site.open_as(receiver, vendor, "/overdrachten/", width=width, language=language)
    follow(from_list, "Haarlem")
    pk = from_list.url.rstrip("/").rpartition("/")[2]
    opened: list[tuple[House, Membership, str, str]] = [
        (vendor, receiver, "/overdrachten/", "leverancier-overdrachten"),
        (vendor, receiver, f"/overdrachten/{pk}/", "leverancier-overdracht"),
        (vendor, receiver, f"/overdrachten/{pk}/aanvaarden/", "leverancier-overdracht-aanvaarden"),
        (vendor, receiver, f"/overdrachten/{pk}/afwijzen/", "leverancier-overdracht-afwijzen"),
        (vendor, receiver, "/partners/", "leverancier-partners"),
        (vendor, receiver, f"/partners/{new.pk}/", "leverancier-partner"),
        (haarlem, ours, "/overdracht/", "gemeente-overdracht"),
        (haarlem, ours, "/overdracht/nieuw/", "gemeente-overdracht-nieuw"),
        (haarlem, ours, f"/overdracht/{pk}/", "gemeente-overdracht-een"),
        (haarlem, ours, f"/overdracht/{pk}/afbreken/", "gemeente-overdracht-afbreken"),
    ]
    wrong = {}
    for house, membership, path, name in opened:
        page = site.open_as(membership, house, path, width=width, language=language)
        shot(page, f"{name}-{language}")
        found = axe(page)
        if found or scrolls_sideways(page):
            wrong[name] = found or ["scrolls sideways"]
    assert wrong == {}
