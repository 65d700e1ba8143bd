from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from tenants.registry.models import Municipality
from tenants.registry.probe_pass import PROBE_HEADER, PROBE_PATH, probe_pass

Lines = Callable[[], list[dict[str, Any]]]

HAARLEM = {"host": "haarlem.localhost"}
BSN, OTHER_BSN, TOKEN = "111222333", "123456782", "geheim-token"


def break_down(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"row ({BSN}) is refused")


class BreakingUrls:
    urlpatterns = [path("zaken", break_down)]
    handler500 = "api.pipeline.http.errors.server_error"


def test_a_request_is_one_line_with_its_municipality(
    client: Client, haarlem: Municipality, logged: Lines
) -> None:
    response = client.get("/zaken", headers=HAARLEM)

    (line,) = logged()
    assert (line["event"], line["method"], line["path"], line["status"]) == ("request", "GET", "/zaken", 404)
    assert (line["municipality"], line["request_id"]) == ("haarlem", response["X-Request-ID"])


def test_query_string_body_and_token_are_not_logged(
    client: Client, haarlem: Municipality, logged: Lines
) -> None:
    headers = {**HAARLEM, "authorization": f"Bearer {TOKEN}"}

    client.post(f"/zaken?rol={BSN}", {"bsn": OTHER_BSN}, content_type="application/json", headers=headers)

    assert [secret for secret in (BSN, OTHER_BSN, TOKEN) if secret in json.dumps(logged())] == []


def test_what_breaks_is_logged_once_with_the_municipality_and_without_what_it_says(
    haarlem: Municipality, settings: Settings, logged: Lines
) -> None:
    settings.ROOT_URLCONF = BreakingUrls

    Client(raise_request_exception=False).get(f"/zaken?rol={BSN}", headers=HAARLEM)

    failure, request = logged()
    assert (failure["level"], failure["municipality"], failure["event"]) == (
        "error",
        "haarlem",
        "Internal Server Error: /zaken",
    )
    assert (request["status"], request["request_id"]) == (500, failure["request_id"])
    assert BSN not in json.dumps([failure, request])


def test_what_breaks_is_a_problem_500_that_tells_nothing(haarlem: Municipality, settings: Settings) -> None:
    settings.ROOT_URLCONF = BreakingUrls

    response = Client(raise_request_exception=False).get("/zaken", headers=HAARLEM)

    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert BSN not in response.content.decode()


@pytest.mark.parametrize("header", ["x-request-id", "x-correlation-id"])
def test_what_a_caller_calls_the_request_is_logged_and_comes_back(
    client: Client, logged: Lines, header: str
) -> None:
    response = client.get("/livez", headers={"host": "localhost", header: "trace-4f1e02"})

    (line,) = logged()
    assert (response["X-Correlation-ID"], line["correlation_id"]) == ("trace-4f1e02", "trace-4f1e02")


def test_the_id_of_a_request_is_our_own_whatever_a_caller_gives(client: Client) -> None:
    given = str(uuid4())
    first, second = (
        client.get("/livez", headers={"host": "localhost", "x-request-id": given})["X-Request-ID"]
        for _ in range(2)
    )

    assert len({given, str(UUID(first)), str(UUID(second))}) == 3


@pytest.mark.parametrize("unsafe", ["short", "with space in it", "x" * 65, 'quote"quote', "nieuwe\u00efd-12"])
def test_an_id_that_is_not_short_and_plain_is_left_out(client: Client, logged: Lines, unsafe: str) -> None:
    response = client.get("/livez", headers={"host": "localhost", "x-request-id": unsafe})

    (line,) = logged()
    assert "X-Correlation-ID" not in response
    assert "correlation_id" not in line


def test_our_own_probe_is_no_line_and_that_of_a_stranger_is(
    client: Client, haarlem: Municipality, logged: Lines
) -> None:
    client.get(PROBE_PATH, headers={**HAARLEM, PROBE_HEADER: probe_pass()})
    assert logged() == []

    client.get(PROBE_PATH, headers=HAARLEM)
    assert [line["path"] for line in logged()] == [PROBE_PATH]
