from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.visits.models import Action, Page
from tenants.visits.writing import Visitor, note_visit
from tests.people import Browser, House, browser_of, forget, member

PATH = "/logboek/toegang/"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def forgotten(db: None, settings: Settings) -> None:
    forget()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def browser(haarlem: Municipality) -> Browser:
    house = House.of(haarlem)
    return browser_of(house, member(house, "beheerder"))


def visit(municipality: Municipality, number: int = 1, **given: Any) -> None:
    visitor = Visitor(
        f"TG-{number:04}", f"S. Yilmaz {number}", "s@stadhoek.example", "Stadhoek", "192.0.2.14"
    )
    with in_municipality(municipality):
        note_visit(
            visitor=visitor,
            at=timezone.now(),
            **{
                "page": Page.ZAAK,
                "seen": [f"/zaken/api/v1/zaken/{number}"],
                "action": Action.MASKED,
                **given,
            },
        )


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_municipality_sees_who_saw_what(browser: Browser, haarlem: Municipality) -> None:
    visit(haarlem)
    visit(haarlem, 2, action=Action.REVEALED, member="omschrijving", reason="melding 2043")

    page = text(browser.get(PATH))

    assert "S. Yilmaz 1" in page
    assert "gezien, gemaskeerd" in page
    assert "/zaken/api/v1/zaken/1" in page
    assert "192.0.2.14" in page
    assert "Zaak, waarde van omschrijving" in page
    assert "melding 2043" in page


def test_it_is_a_tab_of_the_log(browser: Browser) -> None:
    assert "/beheer/logboek/toegang/" in text(browser.get("/logboek/"))


def test_nothing_of_a_neighbour_is_seen(browser: Browser, utrecht: Municipality) -> None:
    visit(utrecht)

    assert "S. Yilmaz" not in text(browser.get(PATH))


@pytest.mark.parametrize("query", [{"object": "zaken/2"}, {"q": "TG-0002"}])
def test_it_is_filtered(browser: Browser, haarlem: Municipality, query: dict[str, str]) -> None:
    visit(haarlem)
    visit(haarlem, 2)

    page = text(browser.get(PATH, **query))

    assert "S. Yilmaz 2" in page
    assert "S. Yilmaz 1" not in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_is_taken_along_in_a_file(browser: Browser, haarlem: Municipality, kind: str) -> None:
    visit(haarlem)

    answer = browser.get(PATH, export=kind)

    assert answer.status_code == 200
    assert f"toegang-leverancier.{kind}" in answer["Content-Disposition"]


def test_the_file_names_every_object(browser: Browser, haarlem: Municipality) -> None:
    visit(haarlem, seen=["/zaken/api/v1/zaken/1", "/zaken/api/v1/rollen/2"])

    assert "/zaken/api/v1/zaken/1 /zaken/api/v1/rollen/2" in text(browser.get(PATH, export="csv"))


def test_a_reason_is_text(browser: Browser, haarlem: Municipality) -> None:
    visit(haarlem, action=Action.REVEALED, member="omschrijving", reason=HOSTILE)

    assert HOSTILE not in text(browser.get(PATH))


def test_more_visits_cost_no_more_statements(browser: Browser, haarlem: Municipality) -> None:
    visit(haarlem)
    browser.get(PATH)
    with CaptureQueriesContext(connection) as few:
        browser.get(PATH)
    for number in range(2, 12):
        visit(haarlem, number)

    with CaptureQueriesContext(connection) as many:
        browser.get(PATH)

    assert len(few) == len(many)
