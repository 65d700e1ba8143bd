from __future__ import annotations

from typing import Any

import pytest
from allauth.core import context
from django.contrib.sessions.middleware import SessionMiddleware
from django.test import Client
from pytest_django.fixtures import Settings

from tenants.registry import running
from tenants.registry.models import Municipality
from tenants.registry.tally import tally
from tests.people import Browser, House, browser_of, member


@pytest.mark.parametrize("path", ["/account/login/", "/nergens/"])
def test_what_a_stranger_sees_is_kept_by_nobody(house: House, path: str) -> None:
    assert Browser(house).get(path)["Cache-Control"] == "private, no-store"


def test_what_a_person_sees_is_kept_by_nobody(house: House, highest: str) -> None:
    assert browser_of(house, member(house, highest)).get("/")["Cache-Control"] == "private, no-store"


def test_a_console_has_the_share_of_its_municipality(
    at_haarlem: House, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RUNNING_PER_MUNICIPALITY = 1
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 0.05)
    tally.add("haarlem", 1)
    try:
        assert Browser(at_haarlem).get("/account/login/").status_code == 503
    finally:
        tally.remove("haarlem")
    assert Browser(at_haarlem).get("/account/login/").status_code == 200


@pytest.mark.parametrize("path", ["/zaken/api/v1/zaken", "/nergens", "/"])
def test_the_apis_pass_by_what_people_need(
    haarlem: Municipality, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    client = Client()
    client.get("/", headers={"host": "haarlem.localhost"})  # so that the middleware is loaded

    def meant_for_people(*_: Any) -> None:
        raise AssertionError(path)

    monkeypatch.setattr(SessionMiddleware, "__call__", meant_for_people)
    monkeypatch.setattr(context, "request_context", meant_for_people)

    assert client.get(path, headers={"host": "haarlem.localhost"}).status_code in {200, 401, 403, 404}
    with pytest.raises(AssertionError):
        client.get("/beheer/", headers={"host": "haarlem.localhost"})
