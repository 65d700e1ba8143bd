"""The headers that a request needs, and reading again only what changed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from api.pipeline.http import negotiation
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, Response
from tests.api.zaken.conftest import ZAKEN, Catalogue

ACCEPT, CONTENT = {"Accept-Crs": "EPSG:4326"}, {"Content-Crs": "EPSG:4326"}
OTHER = "EPSG:28992"
CODES = {406: "not_acceptable", 412: "precondition_failed"}
ETAG = negotiation.etag_of(b"{}")
WRITES = [
    pytest.param("POST", ZAKEN, id="create"),
    pytest.param("PUT", None, id="update"),
    pytest.param("PATCH", None, id="partial_update"),
    pytest.param("POST", f"{ZAKEN}/_zoek", id="search"),
]
SYSTEMS = [
    pytest.param({}, 412, id="neither"),
    pytest.param(ACCEPT, 412, id="no Content-Crs"),
    pytest.param({**ACCEPT, "Content-Crs": OTHER}, 406, id="another Content-Crs"),
    pytest.param({**ACCEPT, "Content-Crs": ""}, 406, id="an empty Content-Crs"),
    pytest.param(CONTENT, 412, id="no Accept-Crs"),
    pytest.param({**CONTENT, "Accept-Crs": OTHER}, 406, id="another Accept-Crs"),
]


def send(api: ApiClient, method: str, url: str, headers: Mapping[str, str]) -> Response:
    """A request with these headers and its token alone."""
    return api.http.generic(
        method,
        url.removeprefix(api.url("")),
        b'{"omschrijving": "anders"}',
        content_type="application/json",
        headers={"Authorization": f"Bearer {api.token()}", **headers},
        SERVER_NAME=api.host,
    )


@pytest.mark.parametrize(("headers", "status"), SYSTEMS)
@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_body_needs_both_coordinate_systems(
    haarlem_api: ApiClient,
    catalogue: Catalogue,
    zaak: Zaak,
    method: str,
    path: str | None,
    headers: Mapping[str, str],
    status: int,
) -> None:
    answer = send(haarlem_api, method, path or catalogue.url(zaak), headers)
    assert (answer.status_code, answer.json()["code"]) == (status, CODES[status])
    with in_municipality(catalogue.municipality):
        assert list(Zaak.objects.values_list("omschrijving", flat=True)) == [zaak.omschrijving]


def test_with_both_it_is_written(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    answer = send(haarlem_api, "PATCH", catalogue.url(zaak), {**ACCEPT, **CONTENT})
    assert (answer.status_code, answer.headers["Content-Crs"]) == (200, "EPSG:4326")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(("headers", "status"), [({}, 412), ({"Accept-Crs": OTHER}, 406), (ACCEPT, 200)])
def test_reading_needs_one(
    haarlem_api: ApiClient,
    catalogue: Catalogue,
    zaak: Zaak,
    method: str,
    headers: Mapping[str, str],
    status: int,
) -> None:
    assert send(haarlem_api, method, catalogue.url(zaak), headers).status_code == status


def test_deleting_needs_none(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    assert send(haarlem_api, "DELETE", catalogue.url(zaak), {}).status_code == 204


@pytest.mark.parametrize(
    "known",
    [
        ETAG,
        f"W/{ETAG}",
        f'"x", {ETAG}',
        f'W/"x",W/{ETAG}',
        f"  {ETAG} , ",
        ETAG.strip('"'),
        "*",
    ],
)
def test_what_is_known_is_not_sent_again(known: str) -> None:
    answer = asked_again(known)
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", ETAG)


@pytest.mark.parametrize("known", ["", '""', '"x"', 'W/"x"', f"w/{ETAG}", f"{ETAG}x", ETAG[:-2], "W/"])
def test_what_is_not_known_is_sent(known: str) -> None:
    answer = asked_again(known)
    assert (answer.status_code, answer.content, answer["ETag"]) == (200, b"{}", ETAG)


def test_without_the_header_it_is_sent() -> None:
    assert negotiation.conditional(RequestFactory().get("/"), HttpResponse(b"{}")).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("weak", ["", "W/"])
def test_a_weak_validator_is_known_too(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, method: str, weak: str
) -> None:
    etag = haarlem_api.get(catalogue.url(zaak)).headers["ETag"]
    again = haarlem_api.request(method, catalogue.url(zaak), If_None_Match=f"{weak}{etag}")
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)


def asked_again(known: str) -> HttpResponse:
    request = RequestFactory().get("/", headers={"If-None-Match": known})
    return negotiation.conditional(request, HttpResponse(b"{}"))


def test_what_is_not_allowed_is_not_named_as_allowed(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    answer = send(haarlem_api, "HEAD", ZAKEN, ACCEPT)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST, OPTIONS")


def test_head_is_named_where_it_is_allowed(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    answer = send(haarlem_api, "HEAD", catalogue.url(zaak), ACCEPT)

    assert answer.headers["Allow"] == "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"
