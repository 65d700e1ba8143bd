"""The one guarded HTTP client with which the APIs look at URLs elsewhere (x-gen-10).

A caller chooses the URL, so every hop is checked: its host is resolved once, private addresses are
refused unless the municipality allows that host and port, and the connection goes to the very address
that was checked. Time and size are bounded. The log tells the host and never the rest of a URL.
"""

import json
import math
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.parse import urljoin

import structlog
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url, parse_url

from api.pipeline.validate.addresses import checked_addresses
from api.pipeline.words.caller import Caller
from tenants.registry.models import Municipality

CONNECT_SECONDS = 2.0  # for each address, and again for its TLS handshake
READ_SECONDS = 5.0  # between two pieces of an answer
TOTAL_SECONDS = 8.0  # for everything, redirects included
MAX_REDIRECTS = 3
MAX_BODY_BYTES = 1024 * 1024
CHUNK_BYTES = 64 * 1024

DEFAULT_PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "identity",  # what is small on the wire can't grow
    "Connection": "close",
    "User-Agent": "Zaakplein",
}

log = structlog.get_logger(__name__)


class Unusable(Exception):
    """This URL can't serve as a reference; `code` is the standard's."""

    code: str


class BadUrl(Unusable):
    """Not allowed, not reachable, not in time, or not answered with 200."""

    code = "bad-url"


class InvalidResource(Unusable):
    """Answered with 200, but the body is empty, too large or no JSON."""

    code = "invalid-resource"


class Answer(NamedTuple):
    """What one hop gave; the body of 200 only, and not much more of it than is allowed."""

    status: int
    location: str | None = None
    body: bytes = b""


def problem_once(url: str, caller: Caller) -> str | None:
    """As `problem_with`, once in a request and never inside a transaction."""
    problem: str | None = caller.asked.once(
        url, lambda: problem_with(url, caller.municipality, until=caller.asked.deadline())
    )
    return problem


def problem_with(
    url: str,
    municipality: Municipality,
    required: frozenset[str] = frozenset(),
    *,
    until: float = math.inf,
) -> str | None:
    """Give the standard's code unless this URL has a JSON object with the required members."""
    try:
        value = fetch(url, municipality, until=until)
    except Unusable as unusable:
        return unusable.code
    is_complete = isinstance(value, dict) and required <= value.keys()
    return None if is_complete else InvalidResource.code


def fetch(url: str, municipality: Municipality, *, until: float = math.inf) -> Any:
    """GET the JSON at this URL, not waiting beyond a moment; raises `BadUrl` or `InvalidResource`."""
    deadline = min(time.monotonic() + TOTAL_SECONDS, until)
    for _ in range(MAX_REDIRECTS + 1):
        answer = _hop(_parsed(url), municipality, deadline)
        if answer.location is None:
            return _json_of(answer)
        url = _joined(url, answer.location)
    raise BadUrl("too many redirects")


def _parsed(url: str) -> Url:
    try:
        parts = parse_url(url)
    except HTTPError as error:
        raise BadUrl("not a URL") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.host or parts.auth is not None:
        raise BadUrl("not an http or https URL without user information")
    return parts


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise BadUrl("redirected to what is not a URL") from error


def _json_of(answer: Answer) -> Any:
    if answer.status != HTTPStatus.OK:
        raise BadUrl("not answered with 200")
    if len(answer.body) > MAX_BODY_BYTES:
        raise InvalidResource("too large")
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise InvalidResource("not JSON") from error


def _hop(url: Url, municipality: Municipality, deadline: float) -> Answer:
    """One request, logged; a redirect is not followed here."""
    started = time.monotonic()
    status = None
    try:
        with closing(_connected(url, _addresses(url, municipality, deadline), deadline)) as connection:
            answer = _exchange(connection, url, deadline)
        status = answer.status
    except (HTTPError, HTTPException, OSError) as error:
        raise BadUrl("no answer, or not in time") from error
    finally:
        duration = round(time.monotonic() - started, 3)
        log.info("outgoing_request", host=url.host, status=status, duration=duration)
    return answer


def _addresses(url: Url, municipality: Municipality, deadline: float) -> list[str]:
    host, port = _host(url), _port(url)
    private_allowed = any(
        (allowed.host, allowed.port) == (host, port) for allowed in municipality.allowed_hosts.all()
    )
    return checked_addresses(host, port, private_allowed=private_allowed, timeout=_remaining(deadline))


def _connected(url: Url, addresses: list[str], deadline: float) -> HTTPConnection:
    """Connect to the first of these addresses that answers."""
    failure: Exception = OSError("the host has no address")
    for address in addresses:
        connection = _connection(url, address, timeout=min(CONNECT_SECONDS, _remaining(deadline)))
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            connection.close()
            failure = error
        else:
            return connection
    raise failure


def _connection(url: Url, address: str, *, timeout: float) -> HTTPConnection:
    if url.scheme == "http":
        return HTTPConnection(address, _port(url), timeout=timeout)
    return HTTPSConnection(
        address, _port(url), timeout=timeout, server_hostname=_host(url), cert_reqs="CERT_REQUIRED"
    )


def _exchange(connection: HTTPConnection, url: Url, deadline: float) -> Answer:
    sock = connection.sock
    sock.settimeout(min(READ_SECONDS, _remaining(deadline)))
    with _cut_off(sock, deadline):
        headers = {**HEADERS, "Host": url.netloc or ""}
        connection.request("GET", url.request_uri, headers=headers, preload_content=False)
        with connection.getresponse() as response:
            answer = _answer(response)
    _remaining(deadline)  # what was cut off looks like an end, so only the clock can tell
    return answer


def _answer(response: BaseHTTPResponse) -> Answer:
    if response.status in REDIRECTS:
        return Answer(response.status, location=response.headers.get("Location"))
    if response.status != HTTPStatus.OK:
        return Answer(response.status)
    body = b""
    while len(body) <= MAX_BODY_BYTES and (chunk := response.read(CHUNK_BYTES, decode_content=False)):
        body += chunk
    return Answer(response.status, body=body)


@contextmanager
def _cut_off(sock: socket.socket, deadline: float) -> Iterator[None]:
    """End the exchange at the deadline, also when each byte of a slow answer comes in time."""
    watchdog = threading.Timer(_remaining(deadline), _shut, [sock])
    watchdog.daemon = True
    watchdog.start()
    try:
        yield
    finally:
        watchdog.cancel()


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):
        # Not the method of an SSLSocket: that takes its TLS state away from under the reader.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _remaining(deadline: float) -> float:
    """Seconds until the deadline; raises `TimeoutError` when there are none."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("past the deadline")
    return seconds


def _host(url: Url) -> str:
    return (url.host or "").strip("[]").rstrip(".")


def _port(url: Url) -> int:
    return url.port or DEFAULT_PORTS[url.scheme or "http"]
