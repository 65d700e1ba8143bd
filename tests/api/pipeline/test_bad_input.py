"""Bad input gets the standard's error and writes nothing, whatever the resource; never a 500."""

from __future__ import annotations

import json
from typing import Any

import pytest

from api.pipeline import registry
from api.pipeline.operations import MEBIBYTE
from tests.api.client import ApiClient, Response

CREATING = [
    pytest.param(resource, id=resource.noun)
    for resource in registry.resources()
    if "create" in resource.operations
]
LISTING = [
    pytest.param(resource, id=resource.noun)
    for resource in registry.resources()
    if "list" in resource.operations and resource.represents_model
]
UNREADABLE = {
    "empty": b" ",
    "broken": b"{",
    "two": b"{}{}",
    "not a number": b'{"a": NaN}',
    "no utf-8": b'{"a": "\xff"}',
    "endless": b'{"a": ' + b"9" * 5000 + b"}",
    "deep": b"[" * 100_000,
}
NO_OBJECT = {"list": b"[]", "number": b"1", "text": b'"x"', "null": b"null"}
STRANGE = {
    "nul": "a\x00b",
    "surrogate": "\ud800",
    "ours": "zaakplein:/x",
    "number": 10**30,
    "date": "0000-00-00",
    "far": "99999-01-01",
    "no day": "2026-02-30",
    "first": "0001-01-01T00:00:00+14:00",
    "list": [[]],
    "object": {"a": {}},
    "true": True,
    "null": None,
    "url": "http://[::1",
    "unknown url": "http://haarlem.localhost/catalogi/api/v1/zaaktypen/x",
    "long": "x" * 2000,
}


def send(api: ApiClient, path: str, body: bytes, **headers: str) -> Response:
    """A body as it is, with the usual headers."""
    usual = {"Authorization": f"Bearer {api.token()}", "Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
    return api.http.generic(
        "POST",
        path,
        body,
        content_type=headers.pop("Content_Type", "application/json"),
        headers={**usual, **headers},
        SERVER_NAME=api.host,
    )


def assert_refused(answer: Response, status: int) -> None:
    """In the standard's shape."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert {"code", "title", "detail", "instance"} <= problem.keys()
    if problem["code"] == "invalid":
        assert all({"name", "code", "reason"} == set(each) for each in problem["invalidParams"])


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("resource", CREATING)
def test_an_unreadable_body(haarlem_api: ApiClient, resource: Any, body: bytes) -> None:
    assert_refused(send(haarlem_api, resource.root(), body), 400)


@pytest.mark.parametrize("body", NO_OBJECT.values(), ids=NO_OBJECT)
@pytest.mark.parametrize("resource", CREATING)
def test_a_body_that_is_no_object(haarlem_api: ApiClient, resource: Any, body: bytes) -> None:
    assert_refused(send(haarlem_api, resource.root(), body), 400)


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("resource", CREATING)
def test_a_strange_value_in_every_member(haarlem_api: ApiClient, resource: Any, value: object) -> None:
    body = dict.fromkeys(resource.representation.members, value)
    assert_refused(send(haarlem_api, resource.root(), json.dumps(body).encode()), 400)


@pytest.mark.parametrize("resource", CREATING)
def test_a_body_that_is_too_large(haarlem_api: ApiClient, resource: Any) -> None:
    body = b'{"a": "' + b"x" * MEBIBYTE + b'"}'
    assert_refused(send(haarlem_api, resource.root(), body), 413)


@pytest.mark.parametrize("resource", CREATING)
def test_another_media_type(haarlem_api: ApiClient, resource: Any) -> None:
    assert_refused(send(haarlem_api, resource.root(), b"a=1", Content_Type="text/plain"), 415)
    assert_refused(send(haarlem_api, resource.root(), b"{}", Accept="text/html"), 406)


PAGED = [listing for listing in LISTING if listing.values[0].paged]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=0", 404),
        ("page=-1", 404),
        ("page=abc", 404),
        ("page=" + "9" * 30, 404),
        ("page=9999", 404),
        ("pageSize=0", 400),
        ("pageSize=501", 400),
        ("pageSize=x", 400),
        ("kleur=rood", 400),
        ("kleur=rood&kleur=blauw", 400),
        ("page=%00", 400),
        ("%ff=%fe", 400),
    ],
)
@pytest.mark.parametrize("resource", PAGED)
def test_a_bad_query(haarlem_api: ApiClient, resource: Any, query: str, status: int) -> None:
    assert_refused(haarlem_api.get(f"{resource.root()}?{query}"), status)


@pytest.mark.parametrize("resource", LISTING)
def test_a_strange_value_in_every_filter(haarlem_api: ApiClient, resource: Any) -> None:
    for name in resource.operations["list"].filters:
        for value in ("%00", "%ff", "2026-02-30", "x" * 300, "http://[", ","):
            assert haarlem_api.get(f"{resource.root()}?{name}={value}").status_code in {200, 400}


@pytest.mark.parametrize("resource", LISTING)
def test_a_key_that_is_none(haarlem_api: ApiClient, resource: Any) -> None:
    assert_refused(haarlem_api.get(f"{resource.root()}/geen-uuid"), 404)


@pytest.mark.parametrize("resource", LISTING)
def test_a_method_that_is_not_declared(haarlem_api: ApiClient, resource: Any) -> None:
    assert haarlem_api.request("TRACE", resource.root()).status_code == 405
    assert_refused(haarlem_api.delete(resource.root()), 405)
