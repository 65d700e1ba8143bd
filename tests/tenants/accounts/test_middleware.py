from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.core import context
from django.contrib.sessions.middleware import SessionMiddleware
from django.test import Client
from pytest_django.fixtures import Settings
from redis.exceptions import TimeoutError as RedisTimeoutError

from tenants.accounts.session_store import SessionStore
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


@pytest.fixture
def strangers(house: House, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """They have every place of theirs."""
    settings.RUNNING_STRANGERS = 1
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 0.05)
    place = (house.municipality.schema_name if house.municipality else running.VENDOR, running.STRANGER)
    tally.add(place, 1)
    yield
    tally.remove(place)


@pytest.mark.usefixtures("strangers")
def test_strangers_keep_nobody_out_who_is_signed_in(house: House, highest: str) -> None:
    assert browser_of(house, member(house, highest)).get("/").status_code == 200


@pytest.mark.usefixtures("strangers")
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer anything"}], ids=["none", "a token"])
def test_a_stranger_past_their_share_sees_a_page(house: House, headers: dict[str, str]) -> None:
    path = f"{house.prefix}/account/login/"
    answer = Client().get(path, headers={"host": house.host, **headers})

    assert (answer.status_code, answer["Retry-After"]) == (503, "1")
    assert answer["Content-Type"].startswith("text/html")
    assert "Dit lukt nu even niet" in answer.content.decode()


@pytest.mark.usefixtures("strangers")
@pytest.mark.parametrize("known", [False, True], ids=["made up", "of a stranger"])
def test_a_session_of_nobody_is_a_strangers(house: House, settings: Settings, *, known: bool) -> None:
    browser = Browser(house)
    with house.entered():
        session = SessionStore()
        session["wanted"] = "something"
        session.save()
    key = session.session_key if known else "a" * 32
    browser.client.cookies[settings.SESSION_COOKIE_NAME] = str(key)

    assert browser.get("/account/login/").status_code == 503


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


@pytest.mark.parametrize("path", ["/medewerkers/", "/account/login/", "/nergens/"])
@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}], ids=["a page", "htmx"])
def test_whatever_a_stranger_is_answered_his_place_is_somebody_elses_again(
    house: House, settings: Settings, path: str, htmx: dict[str, str]
) -> None:
    """Also where one answer stands in for another: a redirect that htmx takes, a failure as a page."""
    browser = Client()
    for _ in range(settings.RUNNING_STRANGERS + 1):
        answer = browser.get(f"{house.prefix}{path}", headers={"Host": house.host, **htmx})
        assert answer.status_code < 500


def test_without_redis_signing_in_says_that_it_does_not_work_just_now(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("allauth.core.internal.ratelimit._consume_single_rate", away)

    answer = Client().post(
        f"{house.prefix}/account/login/",
        {"login": "x@x.example", "password": "x"},
        headers={"Host": house.host},
    )

    assert (answer.status_code, answer["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert int(answer["Retry-After"]) > 0


def test_without_redis_nobody_is_signed_out_and_a_page_says_what_is_wrong(
    house: House, highest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browser_of(house, member(house, highest))
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(SessionStore, "load", away)
        answer = browser.get("/medewerkers/")

    assert (answer.status_code, answer["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert browser.get("/medewerkers/").status_code == 200


def away(*_: Any, **__: Any) -> Any:
    raise RedisTimeoutError
