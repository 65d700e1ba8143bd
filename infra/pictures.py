"""Take pictures of the pages of both consoles, as `infra/up` fills them: docs/screens, small enough to keep.

    .venv/bin/python -m infra.pictures [--to FOLDER]

`infra/up` has to run, and `infra/test` to have run once: it installs the browser and what drives it.
It signs in with the logins of .local/demo.json, and walks through the wizard; where no work was asked for
yet, it brings Wijk bij Duurstede aboard, so that there is some to see.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from infra.camera import ROOT, WIDTHS, browser, found, prove, shoot, sign_in
from infra.helped import AT_A_MUNICIPALITY, AT_THE_VENDOR, HELPED, helped
from infra.on_the_way import ON_THE_WAY, on_the_way
from infra.promised import PROMISED, promised
from infra.with_consent import WITH_CONSENT, Side, with_consent

if TYPE_CHECKING:
    from playwright.sync_api import Page

DEMO = ROOT / ".local" / "demo.json"

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
    "leverancier-sleutels": ("/sleutels/", "API-sleutels"),
    "leverancier-sleutel-nieuw": ("/sleutels/nieuw/", "Een API-sleutel maken"),
    "leverancier-account": ("/account/", "Mijn account"),
    "leverancier-tweede-factor": ("/account/2fa/", "Tweede factor"),
    "leverancier-sessies": ("/account/sessions/", "Sessies"),
    "leverancier-taal": ("/account/taal/", "Taal"),
}
WIZARD = {
    "leverancier-gemeente-nieuw-1-gemeente": "Gemeente toevoegen: welke",
    "leverancier-gemeente-nieuw-2-adressen": "Gemeente toevoegen: adressen",
    "leverancier-gemeente-nieuw-3-catalogus": "Gemeente toevoegen: catalogus",
    "leverancier-opnieuw-tonen": "Opnieuw tonen wie u bent",
    "leverancier-gemeente-nieuw-4-beheerder": "Gemeente toevoegen: eerste beheerder",
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
INTRODUCTION = """# What the pages look like

Made by `python -m infra.pictures` of what `infra/up` fills, at 1280 and at 390 pixels. How a page is made
is in [console-pages](../console-pages.md).
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
        for login, pages in (
            (vendor, VENDOR | AT_THE_VENDOR),
            (municipality, MUNICIPALITY | AT_A_MUNICIPALITY),
        ):
            root = login["url"].rstrip("/")
            page = opened.new_context(locale="nl-NL").new_page()
            if login is vendor:
                take(page, root, login["password"], STRANGER, folder)
            sign_in(page, root, login)
            if login is vendor:
                bring_aboard(page, root, login["password"], folder)
            take(page, root, login["password"], pages, folder)
            if login is vendor:
                on_the_way(opened, page, root, login["password"], folder)
            page.context.close()
        sides = []
        for login in (vendor, municipality):
            page = opened.new_context(locale="nl-NL").new_page()
            sign_in(page, login["url"].rstrip("/"), login)
            sides.append(Side(page, login["url"], login["password"], folder))
        with_consent(opened, *sides)
        promised(*sides)
        helped(sides[0])
    (folder / "README.md").write_text(page_of_pictures())


def page_of_pictures() -> str:
    """Narrow beside wide, each console under its heading."""
    opened = (STRANGER, VENDOR, AT_THE_VENDOR, MUNICIPALITY, AT_A_MUNICIPALITY)
    words = {name: said for pages in opened for name, (_, said) in pages.items()}
    every = {**words, **WIZARD, **ON_THE_WAY, **WITH_CONSENT, **PROMISED, **HELPED}
    parts = [INTRODUCTION]
    for heading, beginning in (("The vendor", "leverancier"), ("A municipality", "gemeente")):
        parts.append(f"\n## {heading}\n")
        for name, said in every.items():
            if name.startswith(f"{beginning}-"):
                parts.append(f"\n### {said}\n\n{shown(name, said, 1280)} {shown(name, said, 390)}\n")
    return "".join(parts)


def shown(name: str, said: str, width: int) -> str:
    part = "70%" if width == max(WIDTHS) else "22%"
    return f'<img src="{name}-{width}.png" width="{part}" alt="{said}, {width} pixels wide">'


def take(page: Page, root: str, password: str, pages: Pages, folder: Path) -> None:
    for name, (path, _) in pages.items():
        url = f"{root}{found(page, root, path)}"
        answer = page.goto(url)
        if answer is None or not answer.ok:
            sys.exit(f"{url} answers {answer and answer.status}.")
        if "/reauthenticate/" in page.url:
            prove(page, password)
        shoot(page, folder / name)


def bring_aboard(page: Page, root: str, password: str, folder: Path) -> None:
    """Each step of the wizard, for a sandbox; the last button is pressed where there is no work yet."""
    page.goto(f"{root}/taken/")
    is_first = page.locator("tbody tr").count() == 0
    page.goto(f"{root}/gemeenten/nieuw/")
    shoot(page, folder / "leverancier-gemeente-nieuw-1-gemeente")
    page.get_by_label("Gemeente", exact=True).select_option(label="Wijk bij Duurstede (Utrecht)")
    page.get_by_label("Productie" if is_first else "Sandbox").check()
    page.get_by_role("button", name="Volgende").click()
    page.get_by_label("Hoofdadres").wait_for()
    draft = page.url.removesuffix("hosts/")
    page.get_by_label("Hoofdadres").fill(f"{'zaken' if is_first else 'sandbox'}.wijk.example")
    shoot(page, folder / "leverancier-gemeente-nieuw-2-adressen")
    page.get_by_role("button", name="Volgende").click()
    page.wait_for_url(lambda url: not url.endswith("/hosts/"))
    page.goto(f"{draft}catalogus/")  # what was answered before is not asked again
    page.get_by_label("Vijf voorbeelden").check()
    shoot(page, folder / "leverancier-gemeente-nieuw-3-catalogus")
    page.get_by_role("button", name="Volgende").click()
    page.wait_for_url(lambda url: not url.endswith("/catalogus/"))
    page.goto(f"{draft}beheerder/")
    page.locator("[name=password]").wait_for()
    shoot(page, folder / "leverancier-opnieuw-tonen")
    prove(page, password)
    page.get_by_label("Naam").fill("L. Bakker")
    page.get_by_label("E-mailadres").fill("l.bakker@wijk.example")
    shoot(page, folder / "leverancier-gemeente-nieuw-4-beheerder")
    page.get_by_role("button", name="Volgende").click()
    page.get_by_role("button", name="Richt in").wait_for()
    shoot(page, folder / "leverancier-gemeente-nieuw-5-controle")
    if is_first:
        page.get_by_role("button", name="Richt in").click()
        page.get_by_role("link", name="Naar de gemeente").wait_for(timeout=60_000)


if __name__ == "__main__":
    main()
