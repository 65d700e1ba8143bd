"""The hours of a contract on both hosts, by axe, by keyboard and on a narrow screen."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from contracts.hours import book, buy, correct
from contracts.models import Contract, HoursEntry
from tenants.accounts.models import Membership
from tenants.accounts.person import person_of
from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot, unreachable
from tests.browser.entering import follow, submit
from tests.contracts.signed import signed_contract
from tests.people import House


@pytest.fixture
def boss(site: Site) -> Membership:
    return site.member(site.house(), "eigenaar", "uren@leverancier.example")


@pytest.fixture
def contract(site: Site) -> Contract:
    haarlem = site.house("haarlem").municipality
    assert haarlem is not None
    with site.arranging():
        return signed_contract(haarlem)


def filled(site: Site, contract: Contract, boss: Membership) -> HoursEntry:
    """A line of each kind, and one that can still be corrected."""
    now, today = timezone.now(), timezone.localdate()
    with site.arranging():
        person = person_of(boss.user)
        assert person is not None
        buy(contract, 2400, who="P. de Wit", why="HLM-26-004417", on=today, person=person, now=now)
        wrong = book(contract, 90, who="S. Yilmaz", why="Koppeling", on=today, person=person)
        correct(wrong, why="Dubbel", person=person, now=now)
        return book(
            contract, 45, who="S. Yilmaz", why="Overleg", ticket_number="2043", on=today, person=person
        )


def test_hours_are_bought_and_booked(site: Site, contract: Contract, boss: Membership) -> None:
    page = site.open_as(boss, site.house(), f"/contracten/{contract.pk}/")
    follow(page, "Uren")
    follow(page, "Leg gekochte uren vast")
    page.locator("[name=hours]").fill("40")
    page.locator("[name=who]").fill("P. de Wit")
    page.locator("[name=why]").fill("HLM-26-004417")
    submit(page)
    follow(page, "Boek uren")
    page.locator("[name=minutes]").fill("1:30")
    page.locator("[name=why]").fill("Koppeling")
    submit(page)
    expect(page.get_by_text("Saldo 38:30 uur")).to_be_visible()
    assert unreachable(page) == []


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_the_pages_of_hours_are_accessible(
    site: Site, contract: Contract, boss: Membership, language: str, width: int
) -> None:
    vendor, haarlem = site.house(), site.house("haarlem")
    reader = site.member(haarlem, "beheerder", "hoofd@haarlem.example")
    entry = filled(site, contract, boss)
    ledger = f"/contracten/{contract.pk}/uren/"
    opened: list[tuple[House, str, str]] = [
        (vendor, ledger, "uren"),
        (vendor, f"{ledger}boeken/", "boeken"),
        (vendor, f"{ledger}kopen/", "kopen"),
        (vendor, f"{ledger}{entry.pk}/", "corrigeren"),
        (haarlem, f"/contract/{contract.pk}/uren/", "gemeente"),
    ]
    wrong = {}
    for house, path, name in opened:
        who = boss if house is vendor else reader
        page = site.open_as(who, house, path, width=width, language=language)
        shot(page, f"uren-{name}-{language}")
        found = axe(page)
        if found or scrolls_sideways(page):
            wrong[name] = found or ["scrolls sideways"]
    assert wrong == {}
