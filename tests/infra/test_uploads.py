"""Large bodies come in where content of documents does, from who may send them, and nowhere else."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from uuid import uuid4

import jwt
import pytest

from api.documenten.content.limits import AROUND, LARGEST
from api.documenten.management.commands.limit_documents import limit
from infra import serve
from tests.conftest import Connected, municipality
from tests.infra.raw import Answer, ask, connected, request
from tests.live import SECRET, Live
from zaakplein.uploads import PATHS

DOCUMENTS = "/documenten/api/v1/enkelvoudiginformatieobjecten"
GIBIBYTE = 1024**3
UUID = uuid4()


def head(path: str = DOCUMENTS, *, length: int, method: str = "POST", secret: str = SECRET) -> str:
    token = jwt.encode({"client_id": "balie", "iat": int(time.time())}, secret, algorithm="HS256")
    return (
        f"{method} {path} HTTP/1.1\nAuthorization: Bearer {token}\nContent-Type: application/json"
        f"\nContent-Length: {length}"
    )


def unending(length: int) -> bytes:
    """What is found to be no JSON when the last of it has come."""
    return b'{"inhoud": "'.ljust(length, b"x")


def asked_by_head(live: Live, said: str, *, address: str = "127.0.0.2") -> Answer:
    """Nothing of the body is sent: what is answered was decided without it."""
    return ask(live.port, said, address=address)


def test_the_front_takes_what_the_largest_content_takes() -> None:
    assert int(serve.DOCUMENTS.removesuffix("m")) * 1024 * 1024 == LARGEST + AROUND


@pytest.mark.parametrize(
    ("path", "is_for_content"),
    [
        (DOCUMENTS, True),
        (f"{DOCUMENTS}/{UUID}", True),
        (f"/documenten/api/v1/bestandsdelen/{UUID}", True),
        ("/documenten/api/v1/bestandsdelen", False),
        (f"{DOCUMENTS}/_zoek", False),
        (f"{DOCUMENTS}/{UUID}/lock", False),
        (f"{DOCUMENTS}/", False),
        (f"/zaken{DOCUMENTS}", False),
        ("/documenten/api/v1/verzendingen", False),
        ("/zaken/api/v1/zaken", False),
    ],
)
def test_only_where_content_comes_in_bodies_are_large(
    live: Live, deployment: object, path: str, *, is_for_content: bool
) -> None:
    body = unending(9 * 1024 * 1024)
    answer = ask(live.port, head(path, length=len(body)), body)

    assert (answer.status == 413) is not is_for_content
    assert (re.fullmatch(PATHS, path) is not None) is is_for_content


def test_a_stranger_is_refused_before_his_bytes_come(live: Live, deployment: object) -> None:
    answer = asked_by_head(live, head(length=GIBIBYTE, secret="another secret of thirty-two characters"))

    assert (answer.status, answer.json()["code"]) == (403, "invalid-jwt-signature")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_chunked_body_of_a_stranger_is_refused_before_it_comes(live: Live, deployment: object) -> None:
    said = f"POST {DOCUMENTS} HTTP/1.1\nContent-Type: application/json\nTransfer-Encoding: chunked"

    assert asked_by_head(live, said).json()["code"] == "not_authenticated"


@pytest.mark.parametrize(("host", "status"), [("nergens.localhost", 404), ("127.0.0.1", 404)])
def test_no_host_but_a_municipalitys_takes_large_bodies(
    live: Live, deployment: object, host: str, status: int
) -> None:
    answer = asked_by_head(live, f"{head(length=GIBIBYTE)}\nHost: {host}")

    assert (answer.status, answer.json()["status"]) == (status, status)


def test_a_body_past_the_standards_largest_is_refused(live: Live, deployment: object) -> None:
    assert asked_by_head(live, head(length=LARGEST + AROUND + 1)).status == 413


@pytest.fixture
def at_most_20_mib(deployment: object, app_connection: Connected) -> Iterator[None]:
    """What Haarlem takes; its neighbour takes what the standard has."""
    with app_connection():
        haarlem = municipality("haarlem")
        limit(haarlem, mebibytes=20)
    yield
    with app_connection():
        limit(haarlem, mebibytes=None)


@pytest.mark.parametrize(
    ("address", "over", "status"), [("127.0.0.2", 0, 400), ("127.0.0.2", 1, 413), ("127.0.0.3", 1, 400)]
)
def test_a_municipality_takes_less_where_it_says_so(
    live: Live, at_most_20_mib: None, address: str, over: int, status: int
) -> None:
    body = unending(21 * 1024 * 1024 + over)

    assert ask(live.port, head(length=len(body)), body, address=address).status == status


def test_who_sends_too_much_is_told_of_parts(live: Live, at_most_20_mib: None) -> None:
    assert "bestandsdelen" in asked_by_head(live, head(length=GIBIBYTE)).json()["detail"]


def test_so_many_large_bodies_come_to_one_host_and_no_more(live: Live, deployment: object) -> None:
    said = head(length=GIBIBYTE)
    with ExitStack() as stack:
        for _ in range(serve.UPLOADS):
            caller = stack.enter_context(connected(live.port))
            caller.sendall(request(f"{said}\nExpect: 100-continue"))
            assert caller.recv(12) == b"HTTP/1.1 100"
        refused = asked_by_head(live, said)
        small = ask(live.port, head(length=2), b"{}")

    assert (refused.status, refused.json()["code"]) == (503, "too-many-requests-at-once")
    assert small.status == 400


@pytest.mark.parametrize(
    "path",
    [
        "/_upload",
        "/_opslag/default/haarlem/documenten/x",
        "/_opslag/",
        "/_opslag/default/../default/haarlem/x",
    ],
)
def test_what_the_front_keeps_for_itself_is_not_there_for_others(live: Live, path: str) -> None:
    assert ask(live.port, f"GET {path} HTTP/1.1").status == 404
