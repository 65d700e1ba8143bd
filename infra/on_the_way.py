"""Pictures of pages that one only comes to by what one did before: an invitation, a first day.

All of it at the vendor's. Who is invited here has no role any more at the end, and the connection is gone.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

from infra.camera import ROOT, code, prove, shoot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MAIL = ROOT / ".local" / "mail"
NEW = f"nieuw-{time.time():.0f}@zaakplein.example"
"""Somebody new each time."""
PASSWORD = token_urlsafe()
MOST_A_MINUTE = 30
SIGN_IN_OFTEN = """async times => {
  const given = new URLSearchParams(new FormData(document.querySelector("main form")));
  for (let number = 0; number < times; number++) {
    const {status} = await fetch(location.href, {method: "POST", body: given});
    if (status === 429) break;
  }
}"""
MAIL_SECONDS = 10
ON_THE_WAY = {
    "leverancier-uitnodiging": "Een uitnodiging aannemen",
    "leverancier-tweede-factor-instellen": "Eerste dag: een tweede factor instellen",
    "leverancier-herstelcodes": "Eerste dag: herstelcodes",
    "leverancier-tweede-controle": "Inloggen: de tweede controle",
    "leverancier-geweigerd": "Een pagina die niet mag",
    "leverancier-rol-wijzigen": "Een rol wijzigen",
    "leverancier-rol-beeindigen": "Een rol beëindigen",
    "leverancier-inlogsysteem-getest": "Een inlogsysteem testen",
    "leverancier-inlogsysteem-verwijderen": "Een inlogsysteem verwijderen",
    "leverancier-gemeente-beeindigen": "Een gemeente beëindigen",
    "leverancier-niet-gevonden": "Een pagina die er niet is",
    "leverancier-te-veel-pogingen": "Te veel pogingen",
}


def on_the_way(browser: Browser, page: Page, root: str, password: str, folder: Path) -> None:
    """With the browser of the owner, and one for somebody new."""
    newcomer = browser.new_context(locale="nl-NL").new_page()
    newcomer.goto(invited(page, root, password))
    shoot(newcomer, folder / "leverancier-uitnodiging")
    begin(newcomer, root, folder)
    end_role(page, root, password, folder)
    try_connection(page, root, password, folder)
    end_municipality(page, root, password, folder)
    page.goto(f"{root}/nergens/")
    shoot(page, folder / "leverancier-niet-gevonden")
    newcomer.context.close()
    stranger = browser.new_context(locale="nl-NL").new_page()
    stranger.goto(f"{root}/account/login/")
    stranger.evaluate(SIGN_IN_OFTEN, 2 * MOST_A_MINUTE)
    stranger.evaluate("document.querySelector('main form').submit()")
    stranger.get_by_role("heading", name="Te veel pogingen").wait_for()
    shoot(stranger, folder / "leverancier-te-veel-pogingen")
    stranger.context.close()


def open_(page: Page, url: str, password: str) -> None:
    """Whatever it takes to be let in."""
    page.goto(url)
    if "/reauthenticate/" in page.url:
        prove(page, password)


def submit(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()


def invited(page: Page, root: str, password: str) -> str:
    """The link in the mail that somebody new gets."""
    began = time.time()
    open_(page, f"{root}/medewerkers/uitnodigen/", password)
    page.locator("[name=email]").fill(NEW)
    page.locator("[name=role][value=alleen-lezen]").check()
    submit(page)
    page.wait_for_url(lambda url: "/uitnodigen/" not in url)
    return letter_to(NEW, began)


def letter_to(address: str, began: float) -> str:
    """The link in the mail that this address got since then, in seconds of the clock."""
    until = time.time() + MAIL_SECONDS
    while time.time() < until:
        for letter in MAIL.iterdir():
            if letter.stat().st_mtime >= began - 1 and address in (text := letter.read_text()):
                return re.findall(r"http://\S+", text)[-1]
        time.sleep(0.2)
    raise TimeoutError("No mail came.")


def begin(page: Page, root: str, folder: Path) -> None:
    """The first day, and the second."""
    page.locator("[name=name]").fill("N. Nieuw")
    page.locator("[name=password]").fill(PASSWORD)
    submit(page)
    page.locator("[name=code]").wait_for()
    shoot(page, folder / "leverancier-tweede-factor-instellen")
    (secret,) = re.findall(r"\b[A-Z2-7]{32}\b", page.inner_text("main"))
    page.locator("[name=code]").fill(code(secret))
    submit(page)
    page.locator("#codes").wait_for()
    shoot(page, folder / "leverancier-herstelcodes")
    page.goto(f"{root}/medewerkers/uitnodigen/")
    shoot(page, folder / "leverancier-geweigerd")
    page.goto(f"{root}/account/logout/")
    submit(page)
    page.locator("[name=login]").fill(NEW)
    page.locator("[name=password]").fill(PASSWORD)
    submit(page)
    page.locator("[name=code]").wait_for()
    shoot(page, folder / "leverancier-tweede-controle")


def end_role(page: Page, root: str, password: str, folder: Path) -> None:
    page.goto(f"{root}/medewerkers/?q={NEW.partition('@')[0]}")
    page.locator("tbody th a").first.click()
    person = page.url
    for act, name in (("Wijzig de rol", "rol-wijzigen"), ("Beëindig de rol", "rol-beeindigen")):
        page.goto(person)
        page.get_by_role("link", name=act).click()
        if "/reauthenticate/" in page.url:
            prove(page, password)
        shoot(page, folder / f"leverancier-{name}")
    confirm(page, NEW)


def confirm(page: Page, typed: str) -> None:
    asked = page.url
    page.locator("[name=typed]").fill(typed)
    submit(page)
    page.wait_for_url(lambda url: url != asked)


def try_connection(page: Page, root: str, password: str, folder: Path) -> None:
    open_(page, f"{root}/inloggen/nieuw/", password)
    given: dict[str, Any] = {
        "slug": "ad",
        "name": "Gemeenteaccount",
        "issuer": "https://127.0.0.1:9",
        "client_id": "zaakplein",
        "secret": "geheim",
    }
    for name, value in given.items():
        page.locator(f"[name={name}]").fill(value)
    submit(page)
    page.get_by_role("button", name="Test de verbinding").click()
    page.locator("#uitkomst").wait_for()
    shoot(page, folder / "leverancier-inlogsysteem-getest")
    open_(page, page.url.replace("/testen/", "/verwijderen/"), password)
    shoot(page, folder / "leverancier-inlogsysteem-verwijderen")
    confirm(page, given["name"])


def end_municipality(page: Page, root: str, password: str, folder: Path) -> None:
    """Only what is in exit can be ended; it is not, and is active again afterwards."""
    page.goto(f"{root}/gemeenten/?q=wijk")
    page.locator("tbody th a").first.click()
    municipality = page.url
    change_state(page, municipality, "in_exit", password)
    open_(page, f"{municipality}beeindigen/", password)
    shoot(page, folder / "leverancier-gemeente-beeindigen")
    change_state(page, municipality, "actief", password)


def change_state(page: Page, municipality: str, state: str, password: str) -> None:
    open_(page, f"{municipality}staat/", password)
    page.locator(f"[name=to][value={state}]").check()
    page.locator("[name=reason]").fill("Voor een foto van deze pagina.")
    submit(page)
    page.wait_for_url(municipality)
