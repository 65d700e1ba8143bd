"""A key is made, shown once, used by a program, and revoked; its pages by axe; the documentation drawn."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import VIEWS, Site, axe, scrolls_sideways, shot, unreachable
from vendor_api.models import Token

KEY = re.compile(r"zpk_[0-9a-f]{12}_[A-Za-z0-9_-]{43}")
NAME = "Rapportage <maandelijks>"


DRAWN_MILLISECONDS = 180_000
"""The whole of the API is drawn at once, by a script."""


def opened(site: Site, path: str, role: str = "operatie", *, language: str = "nl", width: int = 1280) -> Page:
    vendor = site.house()
    return site.open_as(site.member(vendor, role), vendor, path, language=language, width=width)


def made(page: Page) -> str:
    """The key, as the page shows it."""
    page.get_by_label(re.compile("^(Naam|Name)$")).fill(NAME)
    page.get_by_label(re.compile("^(Gemeenten lezen|Read municipalities)$")).check()
    page.get_by_role("button", name=re.compile("^(Maak de sleutel|Make the key)$")).click()
    expect(
        page.get_by_role("heading", name=re.compile("^(De sleutel is gemaakt|The key was made)$"))
    ).to_be_visible()
    (key,) = KEY.findall(page.locator("#tekst").inner_text())
    return str(key)


def called(site: Site, key: str, path: str) -> tuple[int, bytes]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{site.port}/platform/api/v1{path}", headers={"Authorization": f"Bearer {key}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status), bytes(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def test_a_key_is_made_used_and_revoked(site: Site) -> None:
    page = opened(site, "/sleutels/")
    page.get_by_role("main").get_by_role("link", name="Maak een sleutel").click()
    key = made(page)
    shot(page, "sleutel-gemaakt")

    status, body = called(site, key, "/municipalities")
    assert (status, json.loads(body)["count"]) == (200, 2)
    assert called(site, key, "/jobs")[0] == 403

    page.get_by_role("link", name="Ik heb haar bewaard").click()
    expect(page.get_by_role("main")).not_to_contain_text(key)
    shot(page, "sleutels")
    page.get_by_role("link", name=NAME).click()
    page.get_by_label("Typ de naam").fill(NAME)
    shot(page, "sleutel-intrekken")
    page.get_by_role("button", name="Trek de sleutel in").click()
    expect(page.get_by_role("table")).to_contain_text("Ingetrokken")
    assert called(site, key, "/municipalities")[0] == 401

    page.goto(site.address(site.house(), "/logboek/"))
    for said in ("sleutel gemaakt", "sleutel ingetrokken", NAME):
        expect(page.get_by_role("table")).to_contain_text(said)
    expect(page.get_by_role("main")).not_to_contain_text(key)


@pytest.mark.parametrize(("width", "language"), VIEWS)
def test_every_page_of_keys_is_accessible(site: Site, width: int, language: str) -> None:
    page = opened(site, "/sleutels/", language=language, width=width)
    found = {"geen": wrong(page, f"sleutels-geen-{language}")}
    page.goto(site.address(site.house(), "/sleutels/nieuw/"))
    found["nieuw"] = wrong(page, f"sleutel-nieuw-{language}")
    # axe leaves something behind, so each page that comes by htmx begins anew
    page.goto(site.address(site.house(), "/sleutels/nieuw/"))
    page.get_by_role("button", name=re.compile("^(Maak de sleutel|Make the key)$")).click()
    expect(page.locator("[data-focus]")).to_be_visible()
    found["fout"] = wrong(page, f"sleutel-fout-{language}")
    page.goto(site.address(site.house(), "/sleutels/nieuw/"))
    made(page)
    found["gemaakt"] = wrong(page, f"sleutel-gemaakt-{language}")
    page.goto(site.address(site.house(), "/sleutels/"))
    found["lijst"] = wrong(page, f"sleutels-lijst-{language}")
    with site.arranging():
        pk = Token.objects.get().pk
    page.goto(site.address(site.house(), f"/sleutels/{pk}/intrekken/"))
    found["intrekken"] = wrong(page, f"sleutel-intrekken-{language}")

    assert {name: problems for name, problems in found.items() if problems} == {}


def test_whoever_may_not_make_one_reads_who_can(site: Site) -> None:
    page = opened(site, "/sleutels/", "alleen-lezen")

    expect(page.get_by_role("main")).to_contain_text("Eigenaar, Operatie")
    assert wrong(page, "sleutels-alleen-lezen") == []


@pytest.mark.parametrize("path", ["/sleutels/", "/sleutels/nieuw/"])
def test_its_pages_are_used_by_keyboard(site: Site, path: str) -> None:
    assert unreachable(opened(site, path)) == []


def test_without_script_a_key_is_made_as_well(site: Site) -> None:
    vendor = site.house()
    page = site.open_as(
        site.member(vendor, "operatie"), vendor, "/sleutels/nieuw/", java_script_enabled=False
    )

    assert called(site, made(page), "/municipalities")[0] == 200


def test_the_documentation_is_drawn(site: Site) -> None:
    page = site.open(site.house(), "/platform/api/")

    heading = page.get_by_role("heading", name=re.compile(r"\bGemeenten opvragen$"))
    expect(heading).to_be_visible(timeout=DRAWN_MILLISECONDS)
    expect(page.get_by_role("heading", name="Een mislukte stap herhalen")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("gemeenten:write")
    shot(page, "documentatie")


def wrong(page: Page, name: str) -> list[str]:
    shot(page, name)
    return [*(["scrolls sideways"] if scrolls_sideways(page) else []), *axe(page)]
