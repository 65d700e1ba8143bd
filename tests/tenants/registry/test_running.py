from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Timer
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from api.pipeline.words.registry import resources
from tenants.registry import running
from tenants.registry.models import Municipality
from tenants.registry.running import LARGE, LARGE_BYTES, STRANGER, UPLOAD, WAITING, enter_application
from tenants.registry.tally import tally

DOCUMENTS = "/documenten/api/v1/enkelvoudiginformatieobjecten"
HAARLEM = {"host": "haarlem.localhost"}
BALIE = ("haarlem", "balie")
STRANGERS = ("haarlem", STRANGER)
BEARING = {**HAARLEM, "Authorization": "Bearer anything"}


def counted(request: HttpRequest) -> HttpResponse:
    """How many run while this one does."""
    enter_application(request, "balie")
    return HttpResponse(f"{tally.count('haarlem')} {tally.count(BALIE)}")


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(str(tally.count("haarlem")) for _ in range(2))


def broken(request: HttpRequest) -> HttpResponse:
    enter_application(request, "balie")
    raise ValueError


class Closed:
    """What asks for a token, as a resource does."""

    @staticmethod
    def is_open() -> bool:
        return False


class Open:
    """What asks for none, as an open list does."""

    @staticmethod
    def is_open() -> bool:
        return True


def of(resource: type[Any]) -> Any:
    """A view of the resource, by which who runs is counted."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{tally.count('haarlem')} {tally.count(STRANGERS)}")

    view.cls = resource  # type: ignore[attr-defined]  # as the framework does
    return view


class Urls:
    urlpatterns = [
        path("counted", counted),
        path("streamed", streamed),
        path("broken", broken),
        path("closed", of(Closed)),
        path("open", of(Open)),
    ]
    handler404 = "api.pipeline.http.errors.not_found"
    handler500 = "api.pipeline.http.errors.server_error"


@pytest.fixture(autouse=True)
def shares(haarlem: Municipality, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = Urls
    settings.RUNNING_PER_MUNICIPALITY = 2
    settings.RUNNING_PER_APPLICATION = 1
    settings.RUNNING_STRANGERS = 1
    settings.RUNNING_LARGE = 1
    settings.RUNNING_WAITING = 1
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 0.05)


@pytest.fixture
def taken() -> Iterator[list[object]]:
    """What others run: name it here and it is counted until the test ends."""
    names: list[object] = []
    yield names
    for name in names:
        tally.remove(name)


def take(taken: list[object], *names: object) -> None:
    for name in names:
        tally.add(name, 255)
        taken.append(name)


def test_a_request_holds_a_place_until_its_answer_has_left(client: Client) -> None:
    assert client.get("/counted", headers=HAARLEM).content == b"1 1"
    assert (tally.count("haarlem"), tally.count(BALIE)) == (0, 0)


def test_what_is_streamed_holds_its_place_to_the_end(client: Client) -> None:
    response = client.get("/streamed", headers=HAARLEM)

    assert b"".join(response) == b"11"
    response.close()
    assert tally.count("haarlem") == 0


@pytest.mark.parametrize("address", ["/broken", "/nergens"])
def test_what_goes_wrong_gives_its_place_back(address: str) -> None:
    Client(raise_request_exception=False).get(address, headers=HAARLEM)

    assert (tally.count("haarlem"), tally.count(BALIE)) == (0, 0)


def test_the_last_place_of_a_municipality_is_given(client: Client, taken: list[object]) -> None:
    take(taken, "haarlem")

    assert client.get("/counted", headers=HAARLEM).status_code == 200


@pytest.mark.parametrize("names", [["haarlem", "haarlem"], [BALIE]], ids=["municipality", "application"])
def test_past_its_share_it_is_a_problem_503_for_a_moment(
    client: Client, taken: list[object], names: list[object]
) -> None:
    take(taken, *names)

    response = client.get("/counted", headers=HAARLEM)

    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    assert (response["Retry-After"], response.json()["code"]) == ("1", "too-many-requests-at-once")
    assert (tally.count("haarlem"), tally.count(BALIE)) == (names.count("haarlem"), names.count(BALIE))


@pytest.mark.parametrize(("length", "status"), [(LARGE_BYTES, 404), (LARGE_BYTES + 1, 503)])
def test_of_large_bodies_fewer_are_read_at_once(
    client: Client, taken: list[object], length: int, status: int
) -> None:
    take(taken, ("haarlem", LARGE))

    response = client.post("/nergens", b"x" * length, content_type="application/json", headers=HAARLEM)

    assert response.status_code == status
    assert (tally.count("haarlem"), tally.count(("haarlem", LARGE))) == (0, 1)


@pytest.mark.parametrize(("path", "status"), [(f"{DOCUMENTS}/{uuid4()}", 404), (f"{DOCUMENTS}/_zoek", 503)])
def test_what_is_taken_in_by_pieces_is_counted_apart(
    client: Client, taken: list[object], settings: Settings, path: str, status: int
) -> None:
    settings.RUNNING_UPLOADS = 1
    take(taken, ("haarlem", LARGE))
    body = b"x" * (LARGE_BYTES + 1)

    assert client.put(path, body, headers=HAARLEM).status_code == status
    take(taken, ("haarlem", UPLOAD))
    assert client.put(path, body, headers=HAARLEM).status_code == 503


def test_a_neighbour_has_its_own_share(client: Client, utrecht: Municipality, taken: list[object]) -> None:
    take(taken, "haarlem", "haarlem", BALIE)

    assert client.get("/counted", headers={"host": "utrecht.localhost"}).status_code == 200


def test_it_waits_for_a_place_that_comes_free(
    client: Client, taken: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 30.0)
    take(taken, "haarlem")
    tally.add("haarlem", 255)
    Timer(0.1, tally.remove, ["haarlem"]).start()

    assert client.get("/counted", headers=HAARLEM).status_code == 200
    assert tally.count(WAITING) == 0


def test_when_too_many_wait_it_is_refused_at_once(
    client: Client, taken: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 30.0)
    take(taken, "haarlem", "haarlem", WAITING)
    started = time.monotonic()

    assert client.get("/counted", headers=HAARLEM).status_code == 503
    assert time.monotonic() - started < 10


def test_who_calls_without_a_token_has_the_share_of_the_municipality_alone(
    client: Client, taken: list[object]
) -> None:
    take(taken, ("haarlem", ""))

    assert client.get("/counted", headers=HAARLEM).status_code == 200


@pytest.mark.parametrize(("address", "status"), [("/readyz", 503), ("/livez", 200)])
def test_the_vendor_has_a_share_too_and_lives_past_it(
    client: Client, taken: list[object], address: str, status: int
) -> None:
    take(taken, running.VENDOR, running.VENDOR)

    assert client.get(address, headers={"host": "localhost"}).status_code == status


def test_a_large_body_that_finds_its_municipality_full_keeps_no_place(
    client: Client, taken: list[object]
) -> None:
    take(taken, "haarlem", "haarlem")

    body = b"x" * (LARGE_BYTES + 1)
    response = client.post("/nergens", body, content_type="application/json", headers=HAARLEM)

    assert response.status_code == 503
    assert (tally.count("haarlem"), tally.count(("haarlem", LARGE))) == (2, 0)


def test_one_municipality_does_not_take_every_place_to_wait(
    client: Client, taken: list[object], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RUNNING_WAITING = 3
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 0.05)
    take(taken, "haarlem", "haarlem", ("haarlem", WAITING), ("haarlem", WAITING), WAITING, WAITING)

    assert client.get("/counted", headers=HAARLEM).status_code == 503
    assert tally.count(WAITING) == 2
    take(taken, "utrecht")
    tally.add("utrecht", 255)
    Timer(0.01, lambda: tally.remove("utrecht")).start()
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 2.0)
    assert client.get("/counted", headers={"host": "utrecht.localhost"}).status_code == 200


# -- who brings no token ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "headers", "counts"),
    [
        ("/closed", BEARING, b"1 0"),
        ("/closed", HAARLEM, b"1 1"),
        ("/open", HAARLEM, b"1 1"),
        ("/open", BEARING, b"1 1"),
    ],
)
def test_only_who_brings_a_token_where_one_is_asked_is_no_stranger(
    client: Client, address: str, headers: dict[str, str], counts: bytes
) -> None:
    assert client.get(address, headers=headers).content == counts
    assert (tally.count("haarlem"), tally.count(STRANGERS)) == (0, 0)


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [("/closed", BEARING, 200), ("/closed", HAARLEM, 503), ("/open", HAARLEM, 503), ("/open", BEARING, 503)],
)
def test_strangers_leave_places_to_those_with_a_token(
    client: Client, taken: list[object], address: str, headers: dict[str, str], status: int
) -> None:
    take(taken, "haarlem", STRANGERS)

    answer = client.get(address, headers=headers)

    assert answer.status_code == status
    assert (tally.count("haarlem"), tally.count(STRANGERS)) == (1, 1)


def test_strangers_do_not_wait_in_every_place(
    client: Client, taken: list[object], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RUNNING_WAITING = 3
    take(taken, STRANGERS, (*STRANGERS, WAITING), ("haarlem", WAITING), WAITING)
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 30.0)
    started = time.monotonic()

    assert client.get("/open", headers=HAARLEM).status_code == 503
    assert time.monotonic() - started < 10

    take(taken, "haarlem")
    tally.add("haarlem", 255)
    Timer(0.05, tally.remove, ["haarlem"]).start()
    assert client.get("/closed", headers=BEARING).status_code == 200


def test_what_sends_requests_here_is_no_stranger_at_the_vendor(client: Client, taken: list[object]) -> None:
    take(taken, (running.VENDOR, STRANGER))

    assert client.get("/readyz", headers={"host": "localhost"}).status_code == 200


def test_every_resource_says_whether_it_asks_for_a_token() -> None:
    asking = {resource.is_open(): running.asks_for_token(of(resource)) for resource in resources()}
    assert asking == {True: False, False: True}
