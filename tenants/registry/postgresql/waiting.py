"""A wait for PostgreSQL that ends, also where the server is frozen or gone without a word.

The kernel of a frozen server acknowledges what it is sent, so that no timeout of TCP strikes, and libpq
waits for an answer without end. psycopg2 leaves the waiting to us through its hook for coroutines. A
statement that stays silent is no reason to give up: then the server is asked, on a connection of its
own, whether it is there at all. When the wait ends in an exception, psycopg2 closes the connection.

Whoever asked may go away meanwhile; then nothing waits any more, and the server ends what it was doing.
"""

from __future__ import annotations

import select
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import psycopg2
from django.conf import settings
from psycopg2.extensions import POLL_OK, POLL_READ, STATUS_SETUP, set_wait_callback
from psycopg2.extensions import connection as driver_connection

from tenants.registry.postgresql.visits import Visits

SSL_REQUEST = struct.pack("!ii", 8, 80877103)
"""What a client may ask before it says who it is; every PostgreSQL answers it with one letter."""

MARGIN_SECONDS = 2
"""How much longer than the server's own limit a statement may take to be answered."""


class GaveUp(psycopg2.OperationalError):
    """Nobody waits for the server any more."""


class DidNotAnswer(GaveUp):
    """The server is frozen, or cannot be reached any more."""


class AskerLeft(GaveUp):
    """Who asked has closed the connection over which the answer would go."""


_asked = threading.local()


@contextmanager
def asked_over(asker: socket.socket | None) -> Iterator[None]:
    """Wait as long as this socket has another end; without a socket, whatever happens."""
    _asked.number, _asked.left = asker.fileno() if asker else None, False
    try:
        yield
    finally:
        _asked.number = None


def asker_left() -> bool:
    """Whether who asked the last request of this thread went away before it was answered."""
    return getattr(_asked, "left", False)


class Connection(driver_connection):
    """One whose statements have to be answered some time."""

    statement_seconds: int = 0
    """The server's own limit for a statement; 0 is none."""

    @cached_property
    def visits(self) -> Visits:
        """The schemas that it was in since it began."""
        return Visits(settings.DATABASE_MOST_VISITED)


def wait(connection: Any) -> None:  # noqa: ANN401  # psycopg2 has no types
    """Wait until what was sent on the connection is answered; raises GaveUp."""
    asker = getattr(_asked, "number", None)
    silence = 1000 * settings.DATABASE_SILENCE_SECONDS
    before, readiness, ends = None, select.poll(), None
    # A long answer comes in many pieces, so little is done for each; the socket changes while one connects.
    while (state := connection.poll()) != POLL_OK:
        if before != (now := (connection.fileno(), state)):
            before, readiness = now, _readiness(*now, asker)
        while now[0] not in (ready := dict(readiness.poll(silence))):
            if asker in ready:
                _asked.left = True
                raise AskerLeft
            ends = ends or time.monotonic() - settings.DATABASE_SILENCE_SECONDS + _longest(connection)
            if time.monotonic() > ends or not _is_there(connection):
                raise DidNotAnswer


def _readiness(server: int, state: int, asker: int | None) -> select.poll:
    readiness = select.poll()
    readiness.register(server, select.POLLIN if state == POLL_READ else select.POLLOUT)
    if asker is not None:
        readiness.register(asker, 0)  # of its end we are told in any case
    return readiness


def _longest(connection: Any) -> float:  # noqa: ANN401
    if connection.status == STATUS_SETUP:
        return float(settings.DATABASE_CONNECT_SECONDS)
    seconds = getattr(connection, "statement_seconds", 0)
    return seconds + MARGIN_SECONDS if seconds else float("inf")


def _is_there(connection: Any) -> bool:  # noqa: ANN401
    """Whether the server answers a stranger."""
    if connection.status == STATUS_SETUP:
        return True  # that is what is being found out
    host, port = connection.info.host, connection.info.port
    try:
        with _reached(host, port) as stranger:
            stranger.sendall(SSL_REQUEST)
            return stranger.recv(1) != b""
    except OSError:
        return False


def _reached(host: str, port: int) -> socket.socket:
    if not host.startswith("/"):
        return socket.create_connection((host, port), timeout=settings.DATABASE_SILENCE_SECONDS)
    reached = socket.socket(socket.AF_UNIX)
    reached.settimeout(settings.DATABASE_SILENCE_SECONDS)
    reached.connect(f"{host}/.s.PGSQL.{port}")
    return reached


@contextmanager
def waiting_without_end() -> Iterator[None]:
    """Leave the waiting to psycopg2 itself, which copies rows in no other way.

    It holds for every connection of the process: for a command, which does one thing at a time.
    """
    set_wait_callback(None)
    try:
        yield
    finally:
        set_wait_callback(wait)


set_wait_callback(wait)
