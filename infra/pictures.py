"""Take pictures of every page of both consoles, as `infra/up` fills them: docs/screens, small enough to keep.

    .venv/bin/python infra/pictures.py [--to FOLDER]

`infra/up` has to run, and `infra/test` to have run once: it installs the browser and what drives it.
It signs in with the logins of .local/demo.json, and walks through the wizard; where no work was asked for
yet, it brings Wijk bij Duurstede aboard, so that there is some to see.
"""

from __future__ import annotations

import argparse
import hmac
import json
import shutil
import sys
import time
from base64 import b32decode
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

try:
    from PIL import Image
    from playwright.sync_api import Browser, Page, sync_playwright
except ModuleNotFoundError as missing:
    sys.exit(
        f"{missing.name} is not installed. Run infra/test once: it installs the browser and what drives it."
    )

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / ".local" / "demo.json"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = (1280, 390)
CODE_SECONDS = 30
COLOURS = 48
LONGEST = 3000
"""Pixels of a page that are shown: a list of a narrow screen goes on for long."""

Pages = dict[str, tuple[str, str]]
# By name where it is found and what it is; with a star that of the first row of the list before the star.
STRANGER: Pages = {
    "leverancier-inloggen": ("/account/login/", "Inloggen"),
    "leverancier-wachtwoord": ("/account/password/reset/", "Wachtwoord vergeten"),
}
VENDOR: Pages = {
    "leverancier-vandaag": ("/", "Vandaag"),
    "leverancier-gemeenten": ("/gemeenten/", "Gemeenten"),
    "leverancier-gemeente": ("/gemeenten/*", "Gemeente"),
    "leverancier-gemeente-staat": ("/gemeenten/*staat/", "Staat van een gemeente"),
    "leverancier-gemeente-beheerder": ("/gemeenten/?q=wijk*beheerder/", "De eerste beheerder uitnodigen"),
    "leverancier-taken": ("/taken/", "Achtergrondtaken"),
    "leverancier-taak": ("/taken/*", "Achtergrondtaak: een inrichting"),
    "leverancier-medewerkers": ("/medewerkers/", "Medewerkers en rollen"),
    "leverancier-medewerker": ("/medewerkers/*", "Een medewerker"),
    "leverancier-uitnodigingen": ("/medewerkers/uitnodigingen/", "Uitnodigingen die wachten"),
    "leverancier-rollen": ("/medewerkers/rollen/", "Wat elke rol mag"),
    "leverancier-uitnodigen": ("/medewerkers/uitnodigen/", "Een collega uitnodigen"),
    "leverancier-inlogsystemen": ("/inloggen/", "Inlogsystemen"),
    "leverancier-inlogsysteem": ("/inloggen/nieuw/", "Een inlogsysteem verbinden"),
    "leverancier-logboek": ("/logboek/", "Logboek"),
    "leverancier-logboek-inloggen": ("/logboek/inloggen/", "Logboek: wie logde in"),
    "leverancier-account": ("/account/", "Mijn account"),
    "leverancier-tweede-factor": ("/account/2fa/", "Tweede factor"),
    "leverancier-sessies": ("/account/sessions/", "Sessies"),
    "leverancier-taal": ("/account/taal/", "Taal"),
}
WIZARD = {
    "leverancier-gemeente-nieuw-1-gemeente": "Gemeente toevoegen: welke",
    "leverancier-gemeente-nieuw-2-adressen": "Gemeente toevoegen: adressen",
    "leverancier-gemeente-nieuw-3-catalogus": "Gemeente toevoegen: catalogus",
    "leverancier-gemeente-nieuw-4-beheerder": "Gemeente toevoegen: eerste beheerder",
    "leverancier-opnieuw-tonen": "Opnieuw tonen wie u bent",
    "leverancier-gemeente-nieuw-5-controle": "Gemeente toevoegen: controle",
}
MUNICIPALITY: Pages = {
    "gemeente-overzicht": ("/", "Overzicht"),
    "gemeente-medewerkers": ("/medewerkers/", "Medewerkers en rollen"),
    "gemeente-medewerker": ("/medewerkers/*", "Een medewerker"),
    "gemeente-rollen": ("/medewerkers/rollen/", "Wat elke rol mag"),
    "gemeente-uitnodigen": ("/medewerkers/uitnodigen/", "Een collega uitnodigen"),
    "gemeente-inlogsystemen": ("/inloggen/", "Inlogsystemen"),
    "gemeente-logboek": ("/logboek/", "Logboek"),
    "gemeente-logboek-leverancier": ("/logboek/leverancier/", "Logboek: wat de leverancier deed"),
    "gemeente-account": ("/account/", "Mijn account"),
}
INTRODUCTION = """# What every page looks like

Made by `infra/pictures.py` of what `infra/up` fills, at 1280 and at 390 pixels. How a page is made is in
[console-pages](../console-pages.md).
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screens")
    folder: Path = parser.parse_args().to
    folder.mkdir(parents=True, exist_ok=True)
    if not DEMO.exists():
        sys.exit("Nothing runs here. Start it with infra/up.")
    demo = json.loads(DEMO.read_text())
    vendor, municipality = demo["vendor"], demo["municipalities"][0]["console"]
    with browser() as opened:
        for login, pages in ((vendor, VENDOR), (municipality, MUNICIPALITY)):
            root = login["url"].rstrip("/")
            page = opened.new_context(locale="nl-NL").new_page()
            if login is vendor:
                take(page, root, login["password"], STRANGER, folder)
            sign_in(page, root, login)
            if login is vendor:
                bring_aboard(page, root, login["password"], folder)
            take(page, root, login["password"], pages, folder)
            page.context.close()
    (folder / "README.md").write_text(page_of_pictures())


def page_of_pictures() -> str:
    """Narrow beside wide, each console under its heading."""
    words = {name: said for pages in (STRANGER, VENDOR, MUNICIPALITY) for name, (_, said) in pages.items()}
    vendor = {**words, **WIZARD}
    parts = [INTRODUCTION]
    for heading, beginning in (("The vendor", "leverancier"), ("A municipality", "gemeente")):
        parts.append(f"\n## {heading}\n")
        for name, said in vendor.items():
            if name.startswith(f"{beginning}-"):
                parts.append(f"\n### {said}\n\n{shown(name, said, 1280)} {shown(name, said, 390)}\n")
    return "".join(parts)


def shown(name: str, said: str, width: int) -> str:
    part = "70%" if width == max(WIDTHS) else "22%"
    return f'<img src="{name}-{width}.png" width="{part}" alt="{said}, {width} pixels wide">'


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield opened
        opened.close()


def take(page: Page, root: str, password: str, pages: Pages, folder: Path) -> None:
    for name, (path, _) in pages.items():
        url = f"{root}{found(page, root, path)}"
        answer = page.goto(url)
        if answer is None or not answer.ok:
            sys.exit(f"{url} answers {answer and answer.status}.")
        if "/reauthenticate/" in page.url:
            prove(page, password)
        shoot(page, folder / name)


def shoot(page: Page, target: Path) -> None:
    """The page that is open, at each width; the last one is that at which it is used."""
    for width in reversed(WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        kept = target.with_name(f"{target.name}-{width}.png")
        size = keep(page.screenshot(full_page=True), kept)
        print(f"{kept.name} {size // 1024} KB")  # noqa: T201  # what the command says


def bring_aboard(page: Page, root: str, password: str, folder: Path) -> None:
    """Each step of the wizard, for a sandbox; the last button is pressed where there is no work yet."""
    page.goto(f"{root}/taken/")
    is_first = page.locator("tbody tr").count() == 0
    page.goto(f"{root}/gemeenten/nieuw/")
    shoot(page, folder / "leverancier-gemeente-nieuw-1-gemeente")
    page.get_by_label("Gemeente", exact=True).select_option(label="Wijk bij Duurstede (Utrecht)")
    page.get_by_label("Productie" if is_first else "Sandbox").check()
    page.get_by_role("button", name="Volgende").click()
    page.get_by_label("Hoofdadres").fill(f"{'zaken' if is_first else 'sandbox'}.wijk.example")
    shoot(page, folder / "leverancier-gemeente-nieuw-2-adressen")
    page.get_by_role("button", name="Volgende").click()
    page.get_by_label("Vijf voorbeelden").check()
    shoot(page, folder / "leverancier-gemeente-nieuw-3-catalogus")
    page.get_by_role("button", name="Volgende").click()
    page.get_by_label("Naam").fill("L. Bakker")
    page.get_by_label("E-mailadres").fill("l.bakker@wijk.example")
    shoot(page, folder / "leverancier-gemeente-nieuw-4-beheerder")
    page.get_by_role("button", name="Volgende").click()
    page.locator("[name=password]").wait_for()
    shoot(page, folder / "leverancier-opnieuw-tonen")
    prove(page, password)
    page.get_by_role("button", name="Richt in").wait_for()
    shoot(page, folder / "leverancier-gemeente-nieuw-5-controle")
    if is_first:
        page.get_by_role("button", name="Richt in").click()
        page.get_by_role("link", name="Naar de gemeente").wait_for(timeout=60_000)


def prove(page: Page, password: str) -> None:
    """What is dangerous asks who one is once more."""
    page.locator("[name=password]").fill(password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/reauthenticate/" not in url)


def sign_in(page: Page, root: str, login: dict[str, Any]) -> None:
    """Waits for the next code, since none serves twice."""
    time.sleep(CODE_SECONDS - time.time() % CODE_SECONDS)
    page.goto(f"{root}/account/login/")
    page.locator("[name=login]").fill(login["username"])
    page.locator("[name=password]").fill(login["password"])
    page.locator("main form button[type=submit]").first.click()
    page.locator("[name=code]").fill(code(login["totp_secret"]))
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("navigation", name="Hoofdmenu").wait_for()


def code(secret: str) -> str:
    """What the app shows now (RFC 6238)."""
    digest = hmac.digest(b32decode(secret), int(time.time() // CODE_SECONDS).to_bytes(8, "big"), "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def found(page: Page, root: str, path: str) -> str:
    """The path, or with a star in it what the first row of the list before the star leads to."""
    listed, star, rest = path.partition("*")
    if not star:
        return path
    page.goto(f"{root}{listed}")
    link = page.locator("tbody th a").first.get_attribute("href") or ""
    return f"{link.removeprefix(urlsplit(root).path)}{rest}"


def keep(picture: bytes, target: Path) -> int:
    """Of few colours, which suffice for text; the bytes that it takes."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    cut = image.crop((0, 0, image.width, min(image.height, LONGEST)))
    cut.quantize(COLOURS).save(target, optimize=True)
    return target.stat().st_size


if __name__ == "__main__":
    main()
