"""Pictures of what the vendor and a municipality agree on: access, what is seen with it, and a hand-over.

A person of the vendor looks into the first municipality; another vendor on the deployment is asked to take it
over, and everything is stopped at the end, so that it can be done again.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from infra.camera import ROOT, code, prove, shoot
from infra.on_the_way import PASSWORD, letter_to, open_, submit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

THREE_WEEKS = 21 * 86_400
NAMES = ("Voorbeeld Hosting", *(f"Voorbeeld Hosting {number}" for number in range(2, 100)))
WITH_CONSENT = {
    "leverancier-toegang": "Toegang tot gemeenten",
    "leverancier-toegang-aanvragen": "Toegang vragen",
    "leverancier-toegang-aanvraag": "Een aanvraag die wacht",
    "leverancier-toegang-zaken": "Met toegang: zaken",
    "leverancier-toegang-zaak": "Met toegang: een zaak, gemaskeerd",
    "leverancier-toegang-waarde": "Met toegang: één waarde tonen",
    "leverancier-toegang-zaaktype": "Met toegang: een zaaktype",
    "leverancier-toegang-techniek": "Met toegang: techniek",
    "leverancier-toegang-lopend": "Toegang die loopt, met wat bekeken werd",
    "leverancier-noodtoegang": "Noodtoegang vragen",
    "leverancier-overdrachten": "Overdrachten",
    "leverancier-overdracht": "Een overdracht, bij de nieuwe partij",
    "leverancier-overdracht-aanvaarden": "Een overdracht ondertekenen",
    "leverancier-partners": "Partners",
    "leverancier-partner": "Een partij",
    "leverancier-partner-nieuw": "Een partij toevoegen",
    "gemeente-toegang": "Toegang leverancier",
    "gemeente-toegang-aanvraag": "Een aanvraag van de leverancier",
    "gemeente-toegang-besluit": "Over een aanvraag beslissen",
    "gemeente-toegang-weigeren": "Een aanvraag weigeren",
    "gemeente-toegang-gegeven": "Toegang die loopt",
    "gemeente-toegang-gezien": "Logboek: wat de leverancier bekeek",
    "gemeente-noodtoegang": "Noodtoegang toestaan of niet",
    "gemeente-overdracht": "Overdracht",
    "gemeente-overdracht-nieuw": "Een overdracht beginnen",
    "gemeente-overdracht-een": "Een overdracht, bij de gemeente",
    "gemeente-overdracht-afbreken": "Een overdracht afbreken",
}


class Side:
    """One console, in the browser of somebody who is signed in there."""

    def __init__(self, page: Page, root: str, password: str, folder: Path) -> None:
        self.page, self.root, self.password, self.folder = page, root.rstrip("/"), password, folder

    def open(self, path: str) -> None:
        open_(self.page, path if path.startswith("http") else f"{self.root}{path}", self.password)

    def follow(self, words: str | re.Pattern[str]) -> None:
        self.page.get_by_role("main").get_by_role("link", name=words).first.click()
        self.prove()

    def press(self, words: str) -> None:
        asked = self.page.url
        self.page.get_by_role("main").get_by_role("button", name=words).click()
        self.page.wait_for_url(lambda url: url != asked)
        self.prove()

    def prove(self) -> None:
        self.page.wait_for_load_state()
        if "/reauthenticate/" in self.page.url:
            prove(self.page, self.password)

    def shoot(self, name: str) -> None:
        shoot(self.page, self.folder / name)


def with_consent(browser: Browser, vendor: Side, municipality: Side) -> None:
    ask_and_look(vendor, municipality)
    vendor.open("/toegang/nood/")
    vendor.shoot("leverancier-noodtoegang")
    municipality.open("/toegang/noodtoegang/")
    municipality.shoot("gemeente-noodtoegang")
    hand_over(browser, vendor, municipality)


def ask_and_look(vendor: Side, municipality: Side) -> None:
    page, theirs = vendor.page, municipality.page
    vendor.open("/toegang/aanvragen/")
    page.get_by_label("Gemeente en omgeving").select_option(label="Haarlem, productie")
    page.get_by_label("Melding").fill("2043")
    page.get_by_label("Waarom hebt u toegang nodig?").fill("Nagaan waarom deze zaken niet sluiten.")
    page.get_by_label("Zaakgegevens").check()
    page.get_by_label("Instellingen").check()
    vendor.shoot("leverancier-toegang-aanvragen")
    vendor.press("Vraag toegang aan")
    grant = page.url
    vendor.shoot("leverancier-toegang-aanvraag")

    municipality.open("/toegang/")
    municipality.follow(re.compile("^TG-"))
    asked = theirs.url
    municipality.shoot("gemeente-toegang-aanvraag")
    municipality.open(f"{asked}weigeren/")
    municipality.shoot("gemeente-toegang-weigeren")
    municipality.open(f"{asked}besluit/")
    municipality.shoot("gemeente-toegang-besluit")
    municipality.press("Geef toegang")

    vendor.open("/toegang/")
    vendor.shoot("leverancier-toegang")
    vendor.open(f"{grant}techniek/")
    vendor.shoot("leverancier-toegang-techniek")
    vendor.open(f"{grant}zaaktypen/")
    page.locator("tbody th a").first.click()
    vendor.shoot("leverancier-toegang-zaaktype")
    vendor.open(f"{grant}zaken/")
    vendor.shoot("leverancier-toegang-zaken")
    page.locator("tbody th a").first.click()
    vendor.shoot("leverancier-toegang-zaak")
    page.get_by_role("link", name=re.compile("^Toon ")).first.click()
    page.get_by_label("Waarom hebt u deze waarde nodig?").fill("Melding 2043: klopt deze waarde?")
    page.get_by_role("button", name="Toon de waarde").click()
    page.get_by_role("link", name="Terug").wait_for()
    vendor.shoot("leverancier-toegang-waarde")

    vendor.open(grant)
    vendor.shoot("leverancier-toegang-lopend")
    municipality.open(asked)
    municipality.shoot("gemeente-toegang-gegeven")
    municipality.open("/logboek/toegang/")
    municipality.shoot("gemeente-toegang-gezien")
    municipality.open("/toegang/")
    municipality.shoot("gemeente-toegang")
    municipality.open(asked)
    theirs.get_by_role("main").get_by_role("button", name="Stop toegang").click()
    theirs.get_by_text("De toegang is gestopt.").first.wait_for()


def hand_over(browser: Browser, vendor: Side, municipality: Side) -> None:
    other = Side(browser.new_context(locale="nl-NL").new_page(), vendor.root, PASSWORD, vendor.folder)
    name = come_aboard(other)
    municipality.open("/overdracht/nieuw/")
    page = municipality.page
    page.get_by_label("Wie gaat het overnemen?").select_option(label=name)
    page.locator("[name=decision]").fill("Collegebesluit 2026-118")
    page.locator("[name=decided_on]").fill(
        time.strftime("%Y-%m-%d", time.localtime(time.time() - THREE_WEEKS))
    )
    municipality.shoot("gemeente-overdracht-nieuw")
    submit(page)
    municipality.follow("Onderteken en vraag aan")
    municipality.press("Onderteken en vraag aan")
    one = page.url
    municipality.open("/overdracht/")
    municipality.shoot("gemeente-overdracht")

    other.open("/overdrachten/")
    other.shoot("leverancier-overdrachten")
    other.follow("Haarlem")
    at_the_new = other.page.url
    other.follow("Onderteken en aanvaard")
    other.shoot("leverancier-overdracht-aanvaarden")
    other.press("Onderteken en aanvaard")
    other.open(at_the_new)
    other.shoot("leverancier-overdracht")
    other.page.context.close()
    municipality.open(one)
    municipality.shoot("gemeente-overdracht-een")

    vendor.open("/partners/nieuw/")
    vendor.shoot("leverancier-partner-nieuw")
    vendor.open("/partners/")
    vendor.shoot("leverancier-partners")
    vendor.page.locator("tbody th a").first.click()
    vendor.shoot("leverancier-partner")

    municipality.open(f"{one}afbreken/")
    page.locator("[name=words]").fill("Het besluit is ingetrokken.")
    municipality.shoot("gemeente-overdracht-afbreken")
    submit(page)


def was_added(name: str, owner: str) -> bool:
    """Not where somebody of that name came on an earlier day."""
    command = [sys.executable, str(ROOT / "manage.py"), "add_organisation", name, "--owner", owner]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603  # our own


def come_aboard(other: Side) -> str:
    """The owner of another vendor, whom the command line invites; what the vendor is called."""
    began = time.time()
    owner = f"eigenaar-{began:.0f}@hosting.example"
    name = next(name for name in NAMES if was_added(name, owner))
    other.page.goto(letter_to(owner, began))
    other.page.locator("[name=name]").fill("E. Eigenaar")
    other.page.locator("[name=password]").fill(PASSWORD)
    submit(other.page)
    other.page.locator("[name=code]").wait_for()
    (secret,) = re.findall(r"\b[A-Z2-7]{32}\b", other.page.inner_text("main"))
    other.page.locator("[name=code]").fill(code(secret))
    submit(other.page)
    other.page.locator("#codes").wait_for()
    return name
