"""What a person does to come in for the first time, in either language."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tenants.accounts.invitations import invite
from tenants.accounts.memberships import Grant
from tests.browser.conftest import Site
from tests.people import PASSWORD, House

NEW = "nieuw@x.example"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def letter(site: Site, house: House, grant: Grant) -> str:
    """The path in the mail that somebody gets who is invited."""
    links: list[str] = []
    with site.arranging(), house.entered(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("tenants.accounts.invitations._write", lambda _invitation, link: links.append(link))
        invite(NEW, grant, person=None, site="")
    return links[0].removeprefix(house.prefix)


def take_up(page: Page, *, name: str = "Ann") -> None:
    """Without a name where the invitation has it."""
    if name:
        page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    submit(page)


def enrol(page: Page) -> str:
    """Give the app the key that the page shows; the key."""
    expect(page.locator("[name=code]")).to_be_visible()
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.inner_text("main"))
    assert secret is not None
    page.locator("[name=code]").fill(format_hotp_value(hotp_value(secret[0], int(time.time() // 30))))
    submit(page)
    return secret[0]


def submit(page: Page) -> None:
    """The form that is the page."""
    page.locator("main form button[type=submit]").first.click()
