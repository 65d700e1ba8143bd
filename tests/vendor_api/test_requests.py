"""What a request has to be, and what every answer has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from pytest_django import Settings
from redis.exceptions import ConnectionError as Away

from tenants.registry import running
from tenants.registry.models import Municipality
from tenants.registry.tally import tally
from tests.vendor_api.conftest import UNKNOWN, Program, key_of

BODY = {"cbsCode": "0473", "environment": "productie", "hosts": ["zandvoort.localhost"]}
LARGE = b'"' + b"x" * (64 * 1024 - 2) + b'"'


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/jobs", 200),
        ("/jobs/", 404),
        ("", 404),
        ("/", 404),
        ("/zaken", 404),
        (f"/jobs/{UNKNOWN}", 404),
        ("/jobs/1", 404),
        ("/jobs/%00", 404),
        ("/municipalities/-1", 404),
        ("/municipalities/999999999999999999", 404),
        ("/municipalities/9999999999999999999", 404),
        ("/municipalities/1/jobs", 404),
        ("/jobs?page=0", 400),
        ("/jobs?page=2", 404),
        ("/jobs?page=10001", 400),
        ("/jobs?page=x", 400),
        ("/jobs?pageSize=0", 400),
        ("/jobs?pageSize=100", 200),
        ("/jobs?pageSize=101", 400),
        ("/jobs?page_size=10", 400),
        ("/jobs?state=x", 400),
        ("/jobs?municipality=9223372036854775808", 400),
        ("/municipalities?naam=%00", 400),
        ("/log-lines?since=gisteren", 400),
        ("/log-lines?since=2026-11-26T00:00:00Z", 200),
        ("/memberships?current=misschien", 400),
        ("/openapi.json", 200),
    ],
)
def test_every_answer_says_its_version(program: Program, path: str, status: int) -> None:
    answer = program.get(path)

    assert answer.status_code == status
    assert answer.headers["API-Version"] == "1.0.0"
    if status >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == status


@pytest.mark.parametrize("path", ["/jobs", "/jobs?page=0", "/zaken", f"/jobs/{UNKNOWN}"])
def test_nobody_keeps_an_answer(program: Program, path: str) -> None:
    assert program.get(path).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_another_method_is_refused_with_those_that_are_there(program: Program, method: str) -> None:
    answer = program.send(method, "/municipalities")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, POST, HEAD"


def test_head_is_there_where_get_is(program: Program) -> None:
    answer = program.send("HEAD", "/municipalities")

    assert (answer.status_code, answer.content) == (200, b"")


def test_another_form_of_answer_is_not_offered(program: Program) -> None:
    answer = program.get("/jobs", Accept="text/html")

    assert (answer.status_code, answer.headers["Content-Type"]) == (406, "application/problem+json")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_another_form_of_body_is_refused(program: Program, kind: str) -> None:
    assert program.post("/municipalities", b"x", content_type=kind).status_code == 415


def test_a_body_may_say_its_characters(program: Program) -> None:
    answer = program.post("/municipalities", BODY, content_type="application/json; charset=utf-8")

    assert answer.status_code == 202


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"1", 400),
        (b'"\xff"', 400),
        (b"NaN", 400),
        (b'{"naam": "\\u0000"}', 400),
        (b'{"naam": "\\ud800"}', 400),
        (b"[" * 33 + b"]" * 33, 400),
        (b"[" * 5000 + b"]" * 5000, 400),
        (LARGE, 400),
        (LARGE + b" ", 413),
    ],
)
def test_a_body_that_cannot_be_is_refused(program: Program, body: bytes, status: int) -> None:
    answer = program.post("/municipalities", body)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_whoever_has_it_already_is_not_sent_it_again(program: Program, haarlem: Municipality) -> None:
    path = f"/municipalities/{haarlem.pk}"
    first = program.get(path)

    again = program.get(path, If_None_Match=first.headers["ETag"])
    changed = program.get(path, If_None_Match='"x"')

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert changed.status_code == 200


def test_pages_lead_to_each_other(program: Program, haarlem: Municipality) -> None:
    first = program.get("/municipalities?pageSize=1").json()
    second = program.client.get(
        first["next"], headers={"host": "localhost", "Authorization": f"Bearer {program.text}"}
    ).json()

    assert (first["count"], first["previous"]) == (2, None)
    assert (second["next"], [each["schema"] for each in second["results"]]) == (None, ["utrecht"])
    assert second["previous"].endswith("/municipalities?pageSize=1&page=1")


# Limits ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["²", "a.²", "9" * 5000])
def test_a_parameter_that_nobody_declared_is_refused_by_its_name(program: Program, name: str) -> None:
    answer = program.get(f"/municipalities?{name}=1")

    assert answer.status_code == 400
    assert [each["name"] for each in answer.json()["invalidParams"]] == [name]


@pytest.mark.parametrize(("most", "status"), [(3, 200), (2, 429)])
def test_a_key_has_so_many_requests_a_minute(
    program: Program, settings: Settings, monkeypatch: pytest.MonkeyPatch, most: int, status: int
) -> None:
    settings.VENDOR_API_REQUESTS_PER_MINUTE = most
    monkeypatch.setattr("vendor_api.http.limits.time.time", lambda: 1_000_020.5)

    answers = [program.get("/people") for _ in range(3)]

    assert answers[-1].status_code == status
    if status == 429:
        assert answers[-1].headers["Retry-After"] == "60"
        assert answers[-1].json()["code"] == "too-many-requests"
    assert key_of("medewerkers:read").get("/people").status_code == 200


def test_without_redis_nobody_counts(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise Away

    monkeypatch.setattr(type(caches["public"]), "add", away)

    assert program.get("/people").status_code == 200


@pytest.fixture
def no_place_for_strangers(settings: Settings) -> Iterator[None]:
    settings.RUNNING_STRANGERS = 1
    place = (running.VENDOR, running.STRANGER)
    tally.add(place, 1)
    yield
    tally.remove(place)


def test_strangers_take_no_place_of_a_key(
    program: Program, stranger: Program, no_place_for_strangers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 0.05)

    busy = stranger.get("/people")

    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "1")
    assert stranger.get("/openapi.json").status_code == 503
    assert program.get("/people").status_code == 200


def test_a_key_has_so_many_requests_at_once(
    program: Program, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert program.token
    settings.RUNNING_PER_APPLICATION = 1
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 0.05)
    place = (running.VENDOR, f"vendor-api {program.token.pk}")
    tally.add(place, 1)

    assert program.get("/people").status_code == 503
    assert key_of("medewerkers:read").get("/people").status_code == 200

    tally.remove(place)
    assert program.get("/people").status_code == 200
