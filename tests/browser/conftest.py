"""Real browsers: before the kit's samples, and before the deployment that the tests have.

A walk arranges its people with `site.member`, which other processes see: they and all that they left are
taken away at its end.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)

from tenants.accounts.models import Membership
from tests.conftest import Connected, municipality
from tests.emptying import empty, tables_of
from tests.live import ADDRESSES, Live
from tests.people import PASSWORD, House, browser_of, code, forget, member

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30
PATIENCE = 30_000
"""Milliseconds, of two cores that others use too."""
expect.set_options(timeout=PATIENCE)
# As root there is no sandbox; a test tells nobody that it runs, and asks no name server for its hosts.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP *.localhost 127.0.0.1, MAP *.example 127.0.0.1",
]
# The console says it of the page itself too; `failed` tells the two apart.
OF_A_STATUS = "Failed to load resource: the server responded with a status of"
VIEWS = ((1280, "en"), (390, "nl"))
"""Each page at both widths and in both languages; of the two Dutch needs the more room."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What is well stays in the page: it is much, and nobody reads it.
RUN_AXE = """async rules => {
  const {passes, violations} = await axe.run({runOnly: rules, resultTypes: ["violations"]});
  const wrong = violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}`));
  return {passed: passes.length, wrong};
}"""
OPEN_ALL = "for (const closed of document.querySelectorAll('details')) closed.open = true"
USABLE = "a[href], button, input, select, textarea, summary"
OF_PARTS = "input[type=date], input[type=datetime-local]"
"""Tab stops at each part of these: day, month, year, hour, minute and what opens."""
NOTE_FOCUS = f"""() => {{
  document.activeElement.blur();
  window.passed = new Set();
  document.addEventListener("focusin", event => window.passed.add(event.target));
  return document.querySelectorAll("{USABLE}").length + 7 * document.querySelectorAll("{OF_PARTS}").length;
}}"""
# Of the buttons of one radio group one is reached by Tab, the others by the arrows.
NEVER_FOCUSED = f"""() => {{
  const groups = new Set([...window.passed].filter(each => each.type === "radio").map(each => each.name));
  const usable = [...document.querySelectorAll("{USABLE}")].filter(each =>
    each.checkVisibility() && !each.disabled && each.type !== "hidden"
    && !(each.type === "radio" && groups.has(each.name)));
  return usable.filter(each => !window.passed.has(each)).map(each => each.outerHTML);
}}"""
SHOTS = os.environ.get("ZAAKPLEIN_SHOTS", "")
"""A folder for pictures of the pages that the walks open; empty: none are taken."""
PEOPLE = {
    "accounts",
    "account",
    "mfa",
    "socialaccount",
    "usersessions",
    "backoffice",
    "vendor_api",
    "access",
    "contracts",
    "handover",
    "incidents",
    "helpdesk",
    "service_reports",
    "jobs",
    "errands",
}
"""The apps of which the vendor has rows too."""

OURS = re.compile(r"http://(localhost|[a-z.]+\.localhost|127\.0\.0\.[123]):")

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def components() -> Iterator[str]:
    """The address of the page of components, which a server shows only with DEBUG."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with served(port) as address:
        yield f"{address}/componenten"


@contextmanager
def served(port: int) -> Iterator[str]:
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    server = subprocess.Popen(
        [*command, "--no-control-socket", "zaakplein.wsgi:application"],
        cwd=ROOT,
        env={**os.environ, "ZAAKPLEIN_DEBUG": "1"},
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/livez")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)


def wait_for(url: str) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def chromium() -> str | None:
    """The one without windows, where there is it: the other draws what no test looks at."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Of one file: while it lives its event loop runs, and Django takes every test for asynchronous.

    Those that arrange rows beside it are not, and say so.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        opened = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a URL in a browser of its own; what it complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(
        url: str, *, width: int = 1280, cookies: list[dict[str, Any]] | None = None, **how: Any
    ) -> Page:
        # what scrolls smoothly is measured while it moves
        context = browser.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce", **how
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies(cookies or [])  # type: ignore[arg-type]  # a dict of theirs, with the same keys
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.extend(complaint(message)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("response", lambda response: complaints.extend(failed(response)))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [complaint for complaint in complaints if not complaint.startswith(OF_A_STATUS)] == []


def complaint(message: ConsoleMessage) -> list[str]:
    """Not what is merely advised, nor what a provider misses: our own pages load nothing from others."""
    missing = message.text.startswith("Failed to load resource")
    elsewhere = missing and not OURS.match(message.location["url"])
    return [] if elsewhere or message.text.startswith("[DOM]") else [message.text]


def failed(response: Response) -> list[str]:
    """What a page needs and did not get; a page itself may be an error, and a form may be refused."""
    refused = response.status in {HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS}
    meant = response.request.is_navigation_request() or refused
    return [] if response.status < HTTPStatus.BAD_REQUEST or meant else [f"{response.status} {response.url}"]


# The deployment of the tests, with people in it -------------------------------------------------


@dataclass
class Site:
    """The vendor's console and those of Haarlem and Utrecht, as a browser finds them."""

    port: int
    open_page: Open
    arranging: Connected
    """A context in which rows are made that every process sees."""
    codes: dict[int, float] = field(default_factory=dict)

    def house(self, schema: str = "") -> House:
        """The vendor's, or that of a municipality."""
        with self.arranging():
            return House.of(municipality(schema) if schema else None)

    def address(self, house: House, path: str = "/") -> str:
        return f"http://{house.host}:{self.port}{house.prefix}{path}"

    def member(self, house: House, role: str, email: str | None = None, **how: Any) -> Membership:
        """As `tests.people.member` has it."""
        with self.arranging():
            return member(house, role, email, **how)

    def open(self, house: House, path: str = "/", *, language: str = "nl", **how: Any) -> Page:
        """As a stranger."""
        return self._open(house, path, {}, language, how)

    def open_as(
        self, membership: Membership, house: House, path: str = "/", *, language: str = "nl", **how: Any
    ) -> Page:
        """As somebody who signed in just now, without going through the forms."""
        with self.arranging():
            client: Client = browser_of(house, membership).client
        return self._open(
            house, path, {name: kept.value for name, kept in client.cookies.items()}, language, how
        )

    def _open(
        self, house: House, path: str, kept: dict[str, str], language: str, how: dict[str, Any]
    ) -> Page:
        named = {**kept, settings.LANGUAGE_COOKIE_NAME: language}
        cookies = [
            {"name": name, "value": value, "url": f"http://{house.host}:{self.port}/"}
            for name, value in named.items()
        ]
        return self.open_page(self.address(house, path), cookies=cookies, **how)

    def sign_in(self, page: Page, membership: Membership, *, password: str = PASSWORD) -> None:
        """By the forms of the page that is open, with password and code."""
        page.get_by_label(re.compile("E-mailadres|E-mail address")).fill(membership.user.email)
        page.get_by_label(re.compile("^(Wachtwoord|Password)")).fill(password)
        page.get_by_role("button", name=re.compile("^(Log in|Sign in)$")).click()
        page.get_by_label(re.compile("^Code")).fill(self.code(membership))
        page.get_by_role("button", name=re.compile("^(Log in|Sign in)$")).click()
        expect(page.get_by_role("navigation", name=re.compile("Hoofdmenu|Main menu"))).to_have_count(1)

    def code(self, membership: Membership) -> str:
        """The app's code of now, or the next where that was used: no code serves twice."""
        moment = max(time.time(), self.codes.get(membership.user.pk, 0) + 30)
        self.codes[membership.user.pk] = moment
        return code(moment)


@pytest.fixture
def site(
    live: Live, open_page: Open, app_connection: Connected, owner_connection: Connected
) -> Iterator[Site]:
    with app_connection():
        forget()
    try:
        yield Site(live.port, open_page, app_connection)
    finally:
        with owner_connection():
            empty_what_people_left()


def empty_what_people_left() -> None:
    """Everything of Haarlem and Utrecht, and in public what belongs to people."""
    people = {model._meta.db_table for model in apps.get_models() if model._meta.app_label in PEOPLE}
    houses = [table for schema in ADDRESSES for table in tables_of(schema)]
    empty([*houses, *tables_of("public", only=people)])


# What is asked of every page --------------------------------------------------------------------


@cache
def axe_source() -> str:
    return (Path(__file__).parent / "axe.min.js").read_text()


def axe(page: Page) -> list[str]:
    """What axe-core finds wrong, with everything that opens opened."""
    page.evaluate(axe_source())  # not as an element, which the policy of the page forbids
    page.evaluate(OPEN_ALL)
    found: dict[str, Any] = page.evaluate(RUN_AXE, RULES)
    assert found["passed"]
    wrong: list[str] = found["wrong"]
    return wrong


def scrolls_sideways(page: Page) -> bool:
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width > 0


def unreachable(page: Page) -> list[str]:
    """What can be used by pointer and not by keyboard: Tab goes past it."""
    count: int = page.evaluate(NOTE_FOCUS)
    for _ in range(count + 2):
        page.keyboard.press("Tab")
    missed: list[str] = page.evaluate(NEVER_FOCUSED)
    return missed


def shot(page: Page, name: str) -> None:
    """A picture of the whole page, where a folder for pictures was named."""
    if SHOTS and page.viewport_size:
        folder = Path(SHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}-{page.viewport_size['width']}.png", full_page=True)
