"""Pictures of what the vendor promises, and of what it says when something is broken.

An incident is told that concerns every municipality; at its end it is evaluated, so that nothing runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra.on_the_way import submit

if TYPE_CHECKING:
    from infra.with_consent import Side

TITLE = "Zaken openen duurt lang"
PROMISED = {
    "leverancier-serviceniveaus": "Serviceniveaus",
    "leverancier-serviceniveau": "Een serviceniveau",
    "leverancier-serviceniveau-versie": "Een nieuwe versie van een serviceniveau",
    "leverancier-wanneer-klaar": "Wanneer is het klaar?",
    "leverancier-kalenders": "Kalenders",
    "leverancier-kalender": "Een kalender",
    "leverancier-storing-nieuw": "Een storing melden",
    "leverancier-storing-update": "Een update plaatsen",
    "leverancier-storing-gemeenten": "Welke gemeenten een storing raakt",
    "leverancier-storing": "Een storing die loopt",
    "leverancier-storingen": "Storingen",
    "leverancier-storing-geevalueerd": "Een storing die geëvalueerd is",
    "gemeente-storing": "Een storing die de gemeente raakt",
    "gemeente-storingen": "Storingen",
}


def promised(vendor: Side, municipality: Side) -> None:
    agreements(vendor)
    broken(vendor, municipality)


def agreements(vendor: Side) -> None:
    """The standard is laid ready where there is nothing yet."""
    page = vendor.page
    vendor.open("/afspraken/serviceniveaus/")
    begin = page.get_by_role("button", name="Begin met de standaard")
    if begin.count():
        begin.click()
        page.wait_for_load_state()
        vendor.open("/afspraken/serviceniveaus/")
    vendor.shoot("leverancier-serviceniveaus")
    page.locator("tbody th a").first.click()
    level = page.url
    vendor.shoot("leverancier-serviceniveau")
    vendor.open(f"{level}versie/")
    vendor.shoot("leverancier-serviceniveau-versie")
    vendor.open(f"{level}wanneer/")
    vendor.shoot("leverancier-wanneer-klaar")
    vendor.open("/afspraken/kalenders/")
    vendor.shoot("leverancier-kalenders")
    page.locator("tbody th a").first.click()
    vendor.shoot("leverancier-kalender")


def broken(vendor: Side, municipality: Side) -> None:
    vendor.open("/storingen/nieuw/")
    page = vendor.page
    page.get_by_label("Wat werkt niet?").fill(TITLE)
    page.get_by_label("Onderdeel").fill("Zaken")
    page.get_by_label("Groot", exact=True).check()
    page.locator("[name=text]").fill("Zaken openen duurt tot een minuut. Wij zoeken de oorzaak.")
    page.get_by_label("Alle gemeenten", exact=True).check()
    vendor.shoot("leverancier-storing-nieuw")
    vendor.press("Meld de storing")
    one = page.url
    vendor.open(f"{one}update/")
    page.locator("[name=text]").fill("Een index ontbrak. Wij maken hem opnieuw; dat duurt een half uur.")
    page.get_by_label("Herstel", exact=True).check()
    page.get_by_label("30 minuten").check()
    vendor.shoot("leverancier-storing-update")
    vendor.press("Plaats een update")
    vendor.shoot("leverancier-storing")
    vendor.open(f"{one}gemeenten/")
    vendor.shoot("leverancier-storing-gemeenten")

    municipality.open("/storingen/")
    municipality.page.get_by_role("main").get_by_role("link", name=TITLE).first.click()
    municipality.prove()
    municipality.shoot("gemeente-storing")
    close(vendor, one)
    vendor.shoot("leverancier-storing-geevalueerd")
    vendor.open("/storingen/")
    vendor.shoot("leverancier-storingen")
    municipality.open("/storingen/")
    municipality.shoot("gemeente-storingen")


def close(vendor: Side, one: str) -> None:
    page = vendor.page
    vendor.open(f"{one}oplossen/")
    page.locator("[name=text]").fill("Zaken openen weer zo snel als eerst.")
    page.locator("[name=cause]").fill("Een index ontbrak na het onderhoud van vannacht.")
    submit(page)
    page.wait_for_url(one)
    vendor.open(f"{one}evalueren/")
    page.locator("[name=text]").fill("Wij hebben uitgezocht hoe dit kon en wat wij anders doen.")
    page.locator("[name=prevention]").fill("Na onderhoud vergelijken wij de indexen met wat er moet zijn.")
    submit(page)
    page.wait_for_url(one)
