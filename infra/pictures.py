"""Take pictures of every page of both consoles, as `infra/up` fills them: docs/screens, small enough to keep.

    .venv/bin/python infra/pictures.py [--to FOLDER] [NAME...]

It signs in with the logins of .local/demo.json. NAME is the beginning of the names of the pictures wanted.
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

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / ".local" / "demo.json"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = (1280, 390)
COLOURS = 48
LONGEST = 3000
"""Pixels of a page that are shown: a list of a narrow screen goes on for long."""

# Name of the picture and where it is found; a path with a word in braces is looked up on a page before it.
VENDOR = {
    "leverancier-vandaag": "/",
    "leverancier-gemeenten": "/gemeenten/",
    "leverancier-gemeente": "/gemeenten/{gemeente}/",
    "leverancier-gemeente-staat": "/gemeenten/{gemeente}/staat/",
    "leverancier-gemeente-nieuw": "/gemeenten/nieuw/",
    "leverancier-taken": "/taken/",
    "leverancier-taak": "/taken/{taak}/",
    "leverancier-medewerkers": "/medewerkers/",
    "leverancier-rollen": "/medewerkers/rollen/",
    "leverancier-uitnodigen": "/medewerkers/uitnodigen/",
    "leverancier-inloggen-met": "/inloggen/",
    "leverancier-logboek": "/logboek/",
    "leverancier-logboek-inloggen": "/logboek/inloggen/",
    "leverancier-account": "/account/",
}
MUNICIPALITY = {
    "gemeente-overzicht": "",
    "gemeente-medewerkers": "medewerkers/",
    "gemeente-rollen": "medewerkers/rollen/",
    "gemeente-uitnodigen": "medewerkers/uitnodigen/",
    "gemeente-logboek": "logboek/",
    "gemeente-account": "account/",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="the beginning of a name; none: all")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screens")
    asked = parser.parse_args()
    demo = json.loads(DEMO.read_text())
    asked.to.mkdir(parents=True, exist_ok=True)
    console = demo["municipalities"][0]["console"]
    with browser() as opened:
        take(opened, demo["vendor"], VENDOR, asked)
        take(opened, console, MUNICIPALITY, asked)


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield opened
        opened.close()


def take(opened: Browser, login: dict[str, Any], pages: dict[str, str], asked: argparse.Namespace) -> None:
    wanted = {
        name: path
        for name, path in pages.items()
        if not asked.names or any(name.startswith(word) for word in asked.names)
    }
    if not wanted:
        return
    context = opened.new_context(locale="nl-NL")
    root = login["url"].rstrip("/")
    page = context.new_page()
    sign_in(page, root, login)
    for name, path in wanted.items():
        url = f"{root}/{found(context, root, path).lstrip('/')}"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(url)
            size = keep(page.screenshot(full_page=True), asked.to / f"{name}-{width}.png")
            print(f"{name}-{width}.png {size // 1024} KB")  # noqa: T201  # what the command says
            if page.title().startswith("Fout") or "500" in page.title():
                sys.exit(f"{url} is an error: {page.title()}")
    context.close()


def sign_in(page: Page, root: str, login: dict[str, Any]) -> None:
    page.goto(f"{root}/account/login/")
    page.locator("[name=login]").fill(login["username"])
    page.locator("[name=password]").fill(login["password"])
    page.locator("main form button[type=submit]").first.click()
    page.locator("[name=code]").fill(code(login["totp_secret"]))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def code(secret: str) -> str:
    """What the app shows now (RFC 6238)."""
    digest = hmac.digest(b32decode(secret), int(time.time() // 30).to_bytes(8, "big"), "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def found(context: BrowserContext, root: str, path: str) -> str:
    """The path with the number of the first of its kind in the place of the word in braces."""
    if "{" not in path:
        return path
    listed = path.partition("{")[0]
    page = context.new_page()
    page.goto(f"{root}{listed}")
    link = page.locator("tbody tr th a, tbody tr td a").first.get_attribute("href") or ""
    page.close()
    return f"{link}{path.partition('}/')[2]}"


def keep(picture: bytes, target: Path) -> int:
    """Of few colours, which suffice for text; the bytes that it takes."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    cut = image.crop((0, 0, image.width, min(image.height, LONGEST)))
    cut.quantize(COLOURS).save(target, optimize=True)
    return target.stat().st_size


if __name__ == "__main__":
    main()
