"""What stands around a page: the menu says what the person may open, and nothing that has no page."""

from __future__ import annotations

import re

import pytest
from django.urls import resolve, reverse

from backoffice.side import VENDOR
from tenants.accounts.pages import access_of
from tenants.accounts.rights import Level
from tenants.accounts.side import Side
from tenants.console.side import MUNICIPALITY
from tenants.registry.models import Municipality
from tests.people import House, browser_of, member, partner_organisation

SIDES = pytest.mark.parametrize("side", [VENDOR, MUNICIPALITY], ids=["vendor", "municipality"])


@SIDES
def test_every_line_of_the_menu_leads_to_a_page_of_its_area(side: Side) -> None:
    entries = [entry for section in side.menu for entry in section.entries]
    declared = {
        entry.page: access_of(resolve(reverse(entry.page, urlconf=side.urlconf), urlconf=side.urlconf).func)
        for entry in entries
    }

    assert entries
    for entry in entries:
        access = declared[entry.page]
        assert access is not None
        assert (access.area, access.level) == (entry.area, Level.SEE)


@SIDES
def test_every_area_of_the_table_is_in_the_menu(side: Side) -> None:
    assert {entry.area for section in side.menu for entry in section.entries} == {
        area.key for area in side.table.areas
    }


def test_what_a_person_may_not_see_is_not_in_his_menu(vendor: House) -> None:
    page = browser_of(vendor, member(vendor, "financien")).get("/").content.decode()

    assert 'href="/gemeenten/"' in page
    assert 'href="/taken/"' not in page
    assert 'href="/logboek/"' not in page


def test_the_menu_marks_where_one_is(vendor: House, haarlem: Municipality) -> None:
    browser = browser_of(vendor, member(vendor, "eigenaar"))

    marked = [
        re.findall(r'href="([^"]+)" aria-current="page"', browser.get(path).content.decode())[:1]
        for path in ("/", "/gemeenten/", f"/gemeenten/{haarlem.pk}/staat/", "/medewerkers/rollen/")
    ]

    assert marked == [["/"], ["/gemeenten/"], ["/gemeenten/"], ["/medewerkers/"]]


def test_a_partner_works_under_its_own_name(vendor: House) -> None:
    theirs = member(vendor, "eigenaar", "p@partner.example", organisation=partner_organisation())

    assert (
        "<title>Vandaag - Partner - Zaakplein</title>" in browser_of(vendor, theirs).get("/").content.decode()
    )


@pytest.mark.parametrize(("environment", "marked"), [("productie", False), ("acceptatie", True)])
def test_what_is_not_production_is_marked(haarlem: Municipality, environment: str, marked: bool) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(environment=environment)
    house = House.of(haarlem)

    page = browser_of(house, member(house, "lezer")).get("/").content.decode()

    assert ("zp-env--test" in page) is marked


def test_the_bar_finds_a_gemeente_for_who_may_see_them(vendor: House, haarlem: Municipality) -> None:
    browser = browser_of(vendor, member(vendor, "helpdesk"))
    (url,) = re.findall(r'<form [^>]*role="search" action="([^"]+)"', browser.get("/").content.decode())

    def found(asked: str) -> str:
        return browser.get(browser.get(f"{url}?q={asked}").headers["Location"]).content.decode()

    assert "haarlem.localhost" in found("haarl")
    assert "haarlem.localhost" not in found("utr")


def test_where_there_is_nothing_to_find_the_bar_has_no_search(at_haarlem: House) -> None:
    page = browser_of(at_haarlem, member(at_haarlem, "lezer")).get("/beheer/").content.decode()

    assert 'role="search"' not in page
