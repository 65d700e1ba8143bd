"""One guarded request to an address that somebody else chose.

The host is resolved once, private addresses are refused unless this host and port are allowed, and the
connection goes to the very address that was checked. Time and size are bounded, a redirect is told and
not followed. The log tells the host and never the rest of a URL.

It stands here, below people and APIs alike: the APIs look at URLs of others, and sign-in asks identity
providers whose addresses an administrator typed.
"""

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from typing import NamedTuple

import structlog
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url, parse_url

from tenants.registry.addresses import checked_addresses

CONNECT_SECONDS = 2.0  # for each address, and again for its TLS handshake
READ_SECONDS = 5.0  # between two pieces of an answer
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


class NotAskable(ValueError):
    """This is no http or https URL without user information."""


class NoAnswer(OSError):
    """Not allowed, not reachable, or not in time."""


class Answer(NamedTuple):
    """What one request gave; the body of 200 only, and not much more of it than is allowed."""

    status: int
    location: str | None = None
    body: bytes = b""
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and the private hosts and ports that it may go to."""

    url: Url
    allowed: frozenset[tuple[str, int]] = frozenset()
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


def parsed(url: str) -> Url:
    """Raises NotAskable."""
    try:
        parts = parse_url(url)
    except HTTPError as error:
        raise NotAskable("not a URL") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.host or parts.auth is not None:
        raise NotAskable("not an http or https URL without user information")
    return parts


def ask(asked: Asked, *, deadline: float) -> Answer:
    """One request, logged, over before `deadline` on the monotonic clock. Raises NoAnswer."""
    started = time.monotonic()
    status = None
    try:
        with closing(_connected(asked.url, _addresses(asked, deadline), deadline)) as connection:
            answer = _exchange(connection, asked, deadline)
        status = answer.status
    except (HTTPError, HTTPException, OSError) as error:
        raise NoAnswer("no answer, or not in time") from error
    finally:
        duration = round(time.monotonic() - started, 3)
        log.info("outgoing_request", host=asked.url.host, status=status, duration=duration)
    return answer


def _addresses(asked: Asked, deadline: float) -> list[str]:
    host, port = _host(asked.url), _port(asked.url)
    private_allowed = (host, port) in asked.allowed
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


def _exchange(connection: HTTPConnection, asked: Asked, deadline: float) -> Answer:
    sock = connection.sock
    sock.settimeout(min(READ_SECONDS, _remaining(deadline)))
    with _cut_off(sock, deadline):
        headers = {**asked.headers, **HEADERS, "Host": asked.url.netloc or ""}
        connection.request(
            asked.method, asked.url.request_uri, asked.body, headers=headers, preload_content=False
        )
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
    return Answer(response.status, body=body, content_type=response.headers.get("Content-Type", ""))


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
