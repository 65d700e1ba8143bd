"""What goes wrong on a console's paths is a page; on those of the APIs a problem document."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponseBase
from django.test import Client

from tenants.accounts.pages import anyone
from tenants.registry.models import Municipality
from tests.people import House, browser_of, forget, member

RAISED = {
    "wrong": (SuspiciousOperation("x"), 400),
    "forbidden": (PermissionDenied("x"), 403),
    "broken": (RuntimeError("geheim"), 500),
    "away": (OperationalError("server closed the connection unexpectedly"), 503),
}


@pytest.fixture(autouse=True)
def forgotten(db: None) -> None:
    forget()


@pytest.fixture(params=["vendor", "haarlem"])
def house(request: pytest.FixtureRequest, haarlem: Municipality) -> House:
    return House.of(haarlem if request.param == "haarlem" else None)


@pytest.mark.parametrize(("error", "status"), RAISED.values(), ids=RAISED.keys())
def test_a_failure_in_a_console_is_a_page(
    house: House, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def failing(request: HttpRequest) -> HttpResponseBase:
        raise error

    browser = browser_of(house, member(house, "beheerder" if house.municipality else "eigenaar"))
    browser.client.raise_request_exception = False
    monkeypatch.setattr("tenants.accounts.views.account.person_of", anyone(failing))

    answer = browser.get("/account/")

    page = answer.content.decode()
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("text/html")
    assert "Kenmerk" in page
    assert "geheim" not in page
    assert "default-src" in answer["Content-Security-Policy"]


def test_a_path_that_is_not_there_is_a_page_in_a_console(house: House) -> None:
    answer = browser_of(house, member(house, "beheerder" if house.municipality else "eigenaar")).get(
        "/nergens/"
    )

    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")
    assert "Hoofdmenu" in answer.content.decode() or "Deze pagina is er niet" in answer.content.decode()


@pytest.mark.parametrize("path", ["/nergens", "/zaken/api/v1/nergens", "/beheer"])
def test_a_path_that_is_not_there_is_a_problem_elsewhere(haarlem: Municipality, path: str) -> None:
    answer = Client().get(path, headers={"host": "haarlem.localhost"})

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_htmx_is_told_to_go_with_the_whole_page(house: House) -> None:
    answer = Client().get(f"{house.prefix}/medewerkers/", headers={"host": house.host, "HX-Request": "true"})

    assert answer.status_code == 200
    assert "/account/login/" in answer["HX-Redirect"]
