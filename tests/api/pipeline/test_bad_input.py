"""Bad input gets the standard's error and writes nothing, whatever the resource; never a 500."""

from __future__ import annotations

from typing import Any

import pytest

from api.pipeline.declare.operations import JSON, MEBIBYTE
from api.pipeline.words import registry
from tests.api.client import ApiClient, Response
from tests.api.requests import request_of
from tests.isolation.square import House

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
BODIES = [
    pytest.param(resource, action, id=f"{resource.noun}-{action}")
    for resource in registry.resources()
    for action in ("update", "partial_update", "search")
    if action in resource.operations and resource.operations[action].takes == JSON
]
LENGTHS = {"short": "3", "none": "", "no number": "tien", "negative": "-1"}


def send(api: ApiClient, path: str, body: bytes, method: str = "POST", **headers: str) -> Response:
    """A body as it is, with the usual headers."""
    usual = {"Authorization": f"Bearer {api.token()}", "Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
    return api.http.generic(
        method,
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


@pytest.mark.parametrize("body", [*UNREADABLE.values(), *NO_OBJECT.values()], ids=[*UNREADABLE, *NO_OBJECT])
@pytest.mark.parametrize(("resource", "action"), BODIES)
def test_an_unreadable_change_or_search(
    haarlem_house: House, resource: Any, action: str, body: bytes
) -> None:
    method, path = request_of(resource, action, haarlem_house)
    assert_refused(send(haarlem_house.api, path, body, method.upper()), 400)


@pytest.mark.parametrize("length", LENGTHS.values(), ids=LENGTHS)
@pytest.mark.parametrize("resource", CREATING)
def test_a_length_that_is_not_that_of_the_body(haarlem_api: ApiClient, resource: Any, length: str) -> None:
    answer = send(haarlem_api, resource.root(), b'{"a": "b"}', Content_Length=length)
    assert_refused(answer, 400)


@pytest.mark.parametrize("resource", CREATING)
def test_a_length_that_is_absurd(haarlem_api: ApiClient, resource: Any) -> None:
    assert_refused(send(haarlem_api, resource.root(), b"{}", Content_Length="9" * 30), 413)


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
def test_a_key_that_is_none(haarlem_api: ApiClient, resource: Any) -> None:
    assert_refused(haarlem_api.get(f"{resource.root()}/geen-uuid"), 404)


@pytest.mark.parametrize("resource", LISTING)
def test_a_method_that_is_not_declared(haarlem_api: ApiClient, resource: Any) -> None:
    assert haarlem_api.request("TRACE", resource.root()).status_code == 405
    assert_refused(haarlem_api.delete(resource.root()), 405)
