"""What the front does with bytes that are no decent request, and with what others say of the scheme."""

from __future__ import annotations

import re
import ssl
import time
from uuid import UUID

import jwt
import pytest
from django.core.cache import cache

from api.documenten.content.limits import LARGEST
from api.pipeline.words import registry
from infra import serve
from tenants.accounts.models import SignIn
from tenants.registry.context import in_municipality
from tenants.registry.problem import NO_PAGE
from tests.conftest import Connected, municipality
from tests.infra.raw import ask, connected, read, request
from tests.live import PROXY, Live

PATIENCE = 10
"""Seconds."""
ZAKEN = "/zaken/api/v1/zaken"
BSN = "111222333"
TOKEN = jwt.encode({"client_id": "geheim"}, "x" * 32)

REFUSED = {
    "no host": (f"GET /?bsn={BSN} HTTP/1.1\nX-Host: a\nHost:", 400),
    "two hosts": (f"GET /?bsn={BSN} HTTP/1.1\nHost: a\nHost: b", 400),
    "no http": (f"{BSN}", 400),
    "a space in the address": (f"GET /?bsn={BSN} {BSN} HTTP/1.1", 400),
    "bytes in the address": (f"GET /\xff?bsn={BSN} HTTP/1.1", 400),
    "a broken header": (f"GET / HTTP/1.1\nX-A : {BSN}", 400),
    "two lengths": ("POST / HTTP/1.1\nContent-Length: 1\nContent-Length: 2", 400),
    "a length and chunks": ("POST / HTTP/1.1\nContent-Length: 1\nTransfer-Encoding: chunked", 400),
    "a path out of the root": (f"GET /../{BSN} HTTP/1.1", 400),
    "a path of the front's own": ("GET /_problem/400 HTTP/1.1", 404),
    "trace": (f"TRACE /?bsn={BSN} HTTP/1.1", 405),
    "a method too short": (f"GO /?bsn={BSN} HTTP/1.1", 405),
    "a body too large": (f"POST /?bsn={BSN} HTTP/1.1\nContent-Length: 99999999", 413),
    "an address too long": (f"GET /?bsn={BSN}&a={'x' * 9000} HTTP/1.1", 414),
    "another expectation": (f"GET /?bsn={BSN} HTTP/1.1\nExpect: {BSN}", 417),
    "a header too large": (f"GET / HTTP/1.1\nAuthorization: Bearer {'x' * 9000}", 431),
    "headers too many": ("GET / HTTP/1.1" + f"\nX-A: {BSN}" * 4000, 431),
    "another transfer coding": (f"POST /?bsn={BSN} HTTP/1.1\nTransfer-Encoding: gzip", 501),
    "another version": (f"GET /?bsn={BSN} HTTP/3.0", 505),
}


@pytest.mark.parametrize(("head", "status"), REFUSED.values(), ids=REFUSED.keys())
def test_what_the_front_refuses_is_a_problem(live: Live, head: str, status: int) -> None:
    answer = ask(live.port, f"{head}")

    problem = answer.json()
    assert (answer.status, problem["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem.keys() == {"type", "code", "title", "status", "detail", "instance"}
    assert problem["type"] == NO_PAGE
    assert problem["instance"] == f"urn:uuid:{UUID(answer.headers['x-request-id'])}"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-store"


def test_what_is_refused_is_logged_by_its_id_without_what_was_asked(live: Live) -> None:
    heads = [head.replace("GET", f"GET /{BSN}") for head, _ in REFUSED.values()]
    ids = [ask(live.port, f"{head}\nAuthorization: {TOKEN}").headers["x-request-id"] for head in heads]

    # the front answers first, and writes its line after that
    until = time.monotonic() + PATIENCE
    while (missing := missing_from(live, ids)) and time.monotonic() < until:
        time.sleep(0.05)
    assert missing == []
    written = live.log.read_text()
    assert [secret for secret in (BSN, TOKEN) if secret in written] == []


def missing_from(live: Live, ids: list[str]) -> list[str]:
    written = live.log.read_text()
    return [each for each in ids if each not in written]


def test_every_problem_of_the_front_has_a_status_of_its_own() -> None:
    described = (serve.INFRA / "problems.toml").read_text()
    told = re.findall(r"error_page \d+ =(\d+)", serve.error_pages(described))

    assert [*told, "416"] == re.findall(r"return (\d+)", serve.problems(described))  # twice, of a file too


def test_a_text_that_the_front_would_read_is_refused() -> None:
    with pytest.raises(ValueError, match="400"):
        serve.problems("""[400]\ncode = "c"\ntitle = "$host"\ndetail = "d" """)


def test_the_front_takes_what_the_largest_operation_takes() -> None:
    """But for content of documents, which comes in at places of its own."""
    largest = max(
        operation.body_limit
        for each in registry.resources()
        for operation in each.operations.values()
        if operation.body_limit < LARGEST
    )

    assert int(serve.BODY.removesuffix("m")) * 1024 * 1024 == largest


@pytest.mark.parametrize(
    ("path", "status"),
    [("/beheer/meldingen/nieuw/", 403), ("/beheer/logboek/", 413), ("/beheer/meldingenx", 413)],
)
def test_what_is_written_to_the_helpdesk_alone_brings_files(live: Live, path: str, status: int) -> None:
    """Of a stranger it is refused by the web, unread."""
    body = b"x" * 9 * 1024 * 1024

    assert ask(live.port, f"POST {path} HTTP/1.1\nContent-Length: {len(body)}", body).status == status


def test_what_tls_sends_to_plain_http_is_refused(live: Live) -> None:
    with connected(live.port) as caller, pytest.raises((ssl.SSLError, ConnectionError)):
        ssl.create_default_context().wrap_socket(caller, server_hostname="haarlem.localhost")


def test_a_chunked_body_is_read(live: Live) -> None:
    head = f"POST {ZAKEN} HTTP/1.1\nContent-Type: application/json\nTransfer-Encoding: chunked"

    answer = ask(live.port, head, b"2\r\n{}\r\n0\r\n\r\n")

    assert (answer.status, answer.json()["code"]) == (403, "not_authenticated")


def test_a_refusal_that_reads_no_body_arrives(live: Live) -> None:
    body = b"x" * 8 * 1024 * 1024

    answers = [ask(live.port, f"POST {ZAKEN} HTTP/1.1\nContent-Length: {len(body)}", body) for _ in range(5)]

    assert {(each.status, each.json()["code"]) for each in answers} == {(403, "not_authenticated")}


def test_a_script_name_has_no_effect(live: Live) -> None:
    head = f"GET {ZAKEN} HTTP/1.1\nSCRIPT_NAME: /zaken\nScript-Name: /zaken\nPATH_INFO: /elsewhere"

    assert ask(live.port, head).json()["code"] == "not_authenticated"


@pytest.mark.parametrize("charset", ["rot13", "zlib_codec", "idna", "undefined", "raw_unicode_escape"])
@pytest.mark.parametrize("path", [f"{ZAKEN}?a=%5Cud800", "/beheer/account/uitnodiging/?woord=%5Cud800"])
def test_a_charset_that_the_caller_names_has_no_effect(live: Live, path: str, charset: str) -> None:
    """Python knows some that are none; Django would read the query by them."""
    answer = ask(live.port, f"GET {path} HTTP/1.1\nContent-Type: text/plain; charset={charset}")

    assert answer.status == 403
    assert "x-request-id" in answer.headers


@pytest.mark.parametrize("port", ["65536", "99999", "9" * 5000], ids=["one more", "five digits", "endless"])
def test_a_port_that_cannot_be_is_a_problem_400(live: Live, port: str) -> None:
    answer = ask(live.port, f"GET {ZAKEN} HTTP/1.1\nHost: 127.0.0.2:{port}")

    assert (answer.status, answer.json()["code"]) == (400, "malformed-host")


CLAIMS = (
    "X-Forwarded-Proto: https\nX-Forwarded-Ssl: on\nX-Forwarded-Protocol: ssl\nX-Forwarded-Port: 443\n"
    "X-Forwarded-Host: utrecht.localhost\nX-Forwarded-For: 127.0.0.77\nForwarded: proto=https"
)


def origin(live: Live, head: str, source: str = "") -> str:
    answer = ask(live.port, f"GET /zaken/api/v1/openapi.json HTTP/1.1\n{head}", source=source)
    return str(answer.json()["servers"][0]["url"].removesuffix("/zaken/api/v1"))


def test_what_a_client_says_was_forwarded_counts_for_nothing(live: Live) -> None:
    assert origin(live, CLAIMS) == "http://127.0.0.2"


def test_what_a_trusted_proxy_says_of_the_scheme_counts(live: Live) -> None:
    assert origin(live, CLAIMS, PROXY) == "https://127.0.0.2"


@pytest.mark.parametrize("said", ["http", "HTTPS,http", "gopher", ""])
def test_a_trusted_proxy_that_does_not_say_https_says_nothing(live: Live, said: str) -> None:
    assert origin(live, f"X-Forwarded-Proto: {said}", PROXY) == "http://127.0.0.2"


@pytest.mark.parametrize("path", ["/", "/_problem/400", ZAKEN, "/zaken/api/v1/openapi.json"])
def test_over_tls_every_answer_says_to_stay_there(live: Live, path: str) -> None:
    answer = ask(live.port, f"GET {path} HTTP/1.1\nX-Forwarded-Proto: https", source=PROXY)

    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_without_tls_nothing_is_said_of_it(live: Live) -> None:
    assert "strict-transport-security" not in ask(live.port, "GET / HTTP/1.1").headers


def test_a_connection_is_kept_for_the_next_request(live: Live) -> None:
    with connected(live.port) as caller:
        caller.sendall(request("GET /livez HTTP/1.1", address="127.0.0.1").replace(b"close", b"keep-alive"))
        first = read(caller)
        caller.sendall(request("GET /livez HTTP/1.1", address="127.0.0.1"))

        assert (first.status, read(caller).status) == (200, 200)


SIGN_IN = b"login=nobody%40nergens.example&password=vier+losse+woorden+hier&csrfmiddlewaretoken=" + b"a" * 32
FORWARDED = {
    "a client's own word": ("", "203.0.113.9", "127.0.0.0/24"),
    "a trusted proxy": (PROXY, "198.51.100.7", "198.51.100.0/24"),
    "a trusted proxy that passes on what it was told": (
        PROXY,
        "203.0.113.9, 198.51.100.7",
        "198.51.100.0/24",
    ),
    "two trusted proxies": (PROXY, f"203.0.113.9, 198.51.100.7, {PROXY}", "198.51.100.0/24"),
    "a trusted proxy that makes no sense": (PROXY, "nergens", "127.0.0.0/24"),
    "a trusted proxy over IPv6": (PROXY, "2001:db9:1:2::3", "2001:db9:1::/48"),
}


@pytest.mark.parametrize(("source", "said", "network"), FORWARDED.values(), ids=FORWARDED.keys())
def test_who_signs_in_is_known_by_what_a_trusted_proxy_says(
    live: Live, deployment: object, app_connection: Connected, source: str, said: str, network: str
) -> None:
    with app_connection(), in_municipality(municipality("haarlem")):
        SignIn.objects.all().delete()
        cache.clear()  # of the limits
    head = (
        f"POST /beheer/account/login/ HTTP/1.1\nContent-Type: application/x-www-form-urlencoded"
        f"\nContent-Length: {len(SIGN_IN)}\nCookie: csrf={'a' * 32}"
        f"\nX-Real-IP: 203.0.113.9\nX-Forwarded-For: {said}"
    )

    ask(live.port, head, SIGN_IN, source=source)

    with app_connection(), in_municipality(municipality("haarlem")):
        assert [each.network for each in SignIn.objects.all()] == [network]
