"""A browser that signs in at the consoles of `infra/up`, and small pictures of what it opens."""

from __future__ import annotations

import hmac
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
# What a host of `infra/up` is called does not stand in the system's list of names.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP *.example 127.0.0.1",
]
WIDTHS = (1280, 390)
CODE_SECONDS = 30
COLOURS = 48
LONGEST = 3000
"""Pixels of a page that are shown: a list of a narrow screen goes on for long."""


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-headless-shell")
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield opened
        opened.close()


def shoot(page: Page, target: Path) -> None:
    """The page that is open, at each width; the last one is that at which it is used."""
    for width in reversed(WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        kept = target.with_name(f"{target.name}-{width}.png")
        size = keep(page.screenshot(full_page=True), kept)
        print(f"{kept.name} {size // 1024} KB")  # noqa: T201  # what the command says


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
    link = page.locator("tbody a").first.get_attribute("href") or ""
    return f"{link.removeprefix(urlsplit(root).path)}{rest}"


def keep(picture: bytes, target: Path) -> int:
    """Of few colours, which suffice for text; the bytes that it takes."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    cut = image.crop((0, 0, image.width, min(image.height, LONGEST)))
    cut.quantize(COLOURS).save(target, optimize=True)
    return target.stat().st_size
