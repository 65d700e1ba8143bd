from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from tenants.registry.models import Municipality

HAARLEM = {"host": "haarlem.localhost"}
ZAKEN = "/zaken/api/v1/zaken"


@pytest.mark.parametrize("coding", ["gzip", "br", "GZIP", "identity, gzip", "x"])
def test_a_compressed_body_is_a_problem_415(client: Client, db: None, coding: str) -> None:
    response = client.post(
        ZAKEN, b"{}", content_type="application/json", headers={**HAARLEM, "content-encoding": coding}
    )

    assert (response.status_code, response["Content-Type"]) == (415, "application/problem+json")
    assert response["Accept-Encoding"] == "identity"
    assert response.json()["code"] == "unsupported_media_type"


@pytest.mark.parametrize("coding", ["", "identity", "Identity"])
def test_a_plain_body_may_be_called_so(client: Client, db: None, coding: str) -> None:
    response = client.post(
        ZAKEN, b"{}", content_type="application/json", headers={**HAARLEM, "content-encoding": coding}
    )

    assert response.status_code == 403


@pytest.mark.parametrize("address", [ZAKEN, "/nergens"])
def test_a_thousand_parameters_are_read(client: Client, db: None, address: str) -> None:
    response = client.get(f"{address}?{'a=1&' * 999}a=1", headers=HAARLEM)

    assert response.json()["code"] in {"not_authenticated", "not_found"}


def test_one_more_is_a_problem_400(client: Client, db: None) -> None:
    response = client.get(f"{ZAKEN}?{'a=1&' * 1000}a=1", headers=HAARLEM)

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["code"] == "too-many-parameters"
    assert response.json()["instance"] == f"urn:uuid:{response['X-Request-ID']}"


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("plain")


def tagged(request: HttpRequest) -> HttpResponse:
    return HttpResponse("tagged", headers={"ETag": '"1"'})


def public(request: HttpRequest) -> HttpResponse:
    return HttpResponse("public", headers={"Cache-Control": "public, max-age=60"})


class CachedUrls:
    urlpatterns = [path("plain", plain), path("tagged", tagged), path("public", public)]
    handler404 = "api.pipeline.http.errors.not_found"


@pytest.mark.parametrize(
    ("address", "policy"),
    [
        ("/plain", "private, no-store"),
        ("/tagged", "private, no-cache"),
        ("/public", "public, max-age=60"),
        ("/nergens", "private, no-store"),
    ],
)
def test_what_a_view_does_not_say_of_caching_is_said(
    client: Client, haarlem: Municipality, settings: Settings, address: str, policy: str
) -> None:
    settings.ROOT_URLCONF = CachedUrls

    assert client.get(address, headers=HAARLEM)["Cache-Control"] == policy


def test_an_unknown_host_is_not_kept_either(client: Client, db: None) -> None:
    assert client.get("/", headers={"host": "nergens"})["Cache-Control"] == "private, no-store"
