"""A document that came through the front leaves through it, whole or in part, to who may have it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import jwt
import pytest

from api.documenten.content.arriving import PIECE
from tests.api.documenten.conftest import base64
from tests.infra.raw import Answer, ask, connected, request
from tests.live import SECRET, Live

DOCUMENTS = "/documenten/api/v1/enkelvoudiginformatieobjecten"
CONTENT = bytes(range(256)) * (PIECE // 128) + b"het einde"
"""More than is read at once."""


def authorized(line: str, *headers: str) -> str:
    token = jwt.encode({"client_id": "balie", "iat": int(time.time())}, SECRET, algorithm="HS256")
    return "\n".join([f"{line} HTTP/1.1", f"Authorization: Bearer {token}", *headers])


def post(live: Live, body: bytes, *headers: str) -> Answer:
    said = ("Content-Type: application/json", *(headers or (f"Content-Length: {len(body)}",)))
    return ask(live.port, authorized(f"POST {DOCUMENTS}", *said), body)


@pytest.fixture(scope="module")
def body(live: Live, deployment: object) -> bytes:
    types = ask(live.port, authorized("GET /catalogi/api/v1/informatieobjecttypen")).json()["results"]
    given = {
        "informatieobjecttype": next(each["url"] for each in types if not each["concept"]),
        "bronorganisatie": "159351741",
        "creatiedatum": "2026-11-26",
        "titel": "Pagina",
        "auteur": "Balie",
        "taal": "nld",
        "formaat": "text/html",
        "bestandsnaam": "één pagina.html",
        "inhoud": base64(CONTENT),
    }
    return json.dumps(given).encode()


@pytest.fixture(scope="module")
def path(live: Live, body: bytes) -> Iterator[str]:
    """Of a download, of which the document goes again."""
    made: dict[str, Any] = post(live, body).json()
    address = urlsplit(made["url"]).path
    yield f"{address}/download"
    assert ask(live.port, authorized(f"DELETE {address}")).status == 204


def get(live: Live, path: str, *headers: str, address: str = "127.0.0.2") -> Answer:
    return ask(live.port, authorized(f"GET {path}", *headers), address=address)


def test_all_of_it_comes_back(live: Live, path: str) -> None:
    answer = get(live, path)

    assert (answer.status, answer.body == CONTENT) == (200, True)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"een pagina.html\"; filename*=UTF-8''%C3%A9%C3%A9n%20pagina.html"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["api-version"] == "1.7.0"
    assert answer.headers["x-request-id"] in live.log.read_text()
    assert "x-accel-redirect" not in answer.headers


def test_a_part_of_it_comes_to_who_asks(live: Live, path: str) -> None:
    etag = get(live, path).headers["etag"]

    assert get(live, path, "Range: bytes=-9").body == b"het einde"
    assert get(live, path, "Range: bytes=2-4", f"If-Range: {etag}").body == CONTENT[2:5]
    assert get(live, path, "Range: bytes=2-4", 'If-Range: "een ander"').body == CONTENT
    beyond = get(live, path, f"Range: bytes={len(CONTENT)}-")
    assert (beyond.status, beyond.headers["content-type"]) == (416, "application/problem+json")
    assert beyond.json()["instance"] == f"urn:uuid:{beyond.headers['x-request-id']}"
    assert beyond.headers["content-range"] == f"bytes */{len(CONTENT)}"
    assert get(live, path, f"If-None-Match: {etag}", "Range: bytes=2-4").status == 304


def test_a_neighbour_has_no_such_document(live: Live, path: str) -> None:
    assert get(live, path, address="127.0.0.3").status == 404


def test_a_chunked_body_is_taken_in(live: Live, body: bytes) -> None:
    half = len(body) // 2
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in (body[:half], body[half:]))
    made = post(live, chunks + b"0\r\n\r\n", "Transfer-Encoding: chunked")

    assert made.status == 201
    address = urlsplit(made.json()["url"]).path
    assert get(live, f"{address}/download").body == CONTENT
    assert ask(live.port, authorized(f"DELETE {address}")).status == 204


def test_a_body_of_which_the_connection_breaks_leaves_nothing(live: Live, path: str, body: bytes) -> None:
    count = get(live, DOCUMENTS).json()["count"]
    with connected(live.port) as caller:
        head = authorized(
            f"POST {DOCUMENTS}", "Content-Type: application/json", f"Content-Length: {len(body)}"
        )
        caller.sendall(request(head) + body[: len(body) // 2])

    assert get(live, DOCUMENTS).json()["count"] == count
