"""An LMTP server for the mail server of the same machine: each recipient has an answer of its own (RFC 2033).

It checks nobody, so it listens to this machine alone. Mail servers of others speak to the mail server, which
checks what it is sent; not to this one.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Session
from aiosmtpd.smtp import Envelope as Given
from django.db import connection

from helpdesk.mail.answering import Answer, Envelope, answers_to, knows
from helpdesk.mail.parsing import LARGEST

AT_ONCE = 2
"""Mails that are read at the same time, of which the largest takes some hundreds of megabytes."""
MOST_CONNECTIONS = 20
MOST_RECIPIENTS = 50
SILENCE_SECONDS = 60
MODE = 0o660
CRLF = "\r\n"


class NotOfThisMachine(ValueError):
    """It would be open to others."""


@dataclass(frozen=True, slots=True)
class Place:
    """A port of this machine, or a socket."""

    host: str = ""
    port: int = 0
    path: str = ""


def place_of(listen: str) -> Place:
    """``127.0.0.1:2424``, ``[::1]:2424`` or ``/run/zaakplein/lmtp.sock``. Raises NotOfThisMachine."""
    if listen.startswith("/"):
        return Place(path=listen)
    host, _colon, port = listen.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    with suppress(ValueError):
        if ip_address(host).is_loopback and 0 <= int(port) < 2**16:
            return Place(host=host, port=int(port))
    raise NotOfThisMachine(f"{listen!r} is neither a port of this machine nor the path of a socket.")


class Handler:
    """What aiosmtpd asks, by the names that it asks it by."""

    def __init__(self, readers: ThreadPoolExecutor) -> None:
        self.readers = readers

    async def handle_RCPT(  # noqa: N802  # the library's name
        self, _server: SMTP, _session: Session, envelope: Given, address: str, _options: Sequence[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        if not knows(address):
            return Answer.UNKNOWN.line
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Given) -> str:  # noqa: N802  # as above
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        given = Envelope(tuple(envelope.rcpt_tos), envelope.mail_from or "", content)
        answers = await asyncio.get_running_loop().run_in_executor(self.readers, _answers, given)
        return CRLF.join(answer.line for answer in answers)


def _answers(given: Envelope) -> list[Answer]:
    """In a thread of its own, which keeps no connection: mails are few, and it may soon end."""
    try:
        return answers_to(given)
    finally:
        connection.close()


class Server:
    """Serves until ``ending`` is set; ``port`` is the one that it got, where it asked for any."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.port = place.port
        self.connections = 0
        self.ending = asyncio.Event()

    async def serve(self, listens: Callable[[], None] = lambda: None) -> None:
        """``listens`` is told once it does."""
        loop = asyncio.get_running_loop()
        with suppress(ValueError, RuntimeError):  # of a thread that is not the first, which has no signals
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self.ending.set)
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="mail") as readers:
            server = await self._listen(loop, Handler(readers))
            listens()
            async with server:
                await self.ending.wait()
        _clear_away(self.place)

    async def _listen(self, loop: asyncio.AbstractEventLoop, handler: Handler) -> asyncio.Server:
        def connected() -> asyncio.BaseProtocol:
            return _Connection(self, handler, data_size_limit=LARGEST, timeout=SILENCE_SECONDS, loop=loop)

        if self.place.path:
            server = await loop.create_unix_server(connected, path=self.place.path)
            _open_to_group(self.place)
            return server
        server = await loop.create_server(connected, host=self.place.host, port=self.place.port)
        self.port = server.sockets[0].getsockname()[1]
        return server


def _open_to_group(place: Place) -> None:
    Path(place.path).chmod(MODE)


def _clear_away(place: Place) -> None:
    if place.path:
        Path(place.path).unlink(missing_ok=True)


class _Connection(LMTP):
    """One that counts itself; who comes when there are too many comes back later."""

    def __init__(self, server: Server, handler: Handler, **given: Any) -> None:  # as the library has it
        super().__init__(handler, hostname="localhost", ident="LMTP", **given)
        self.of = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.of.connections += 1
        if self.of.connections > MOST_CONNECTIONS and isinstance(transport, asyncio.WriteTransport):
            transport.write(b"421 4.3.2 Too many connections\r\n")
            transport.close()
            self.refused = True
            return
        self.refused = False
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.of.connections -= 1
        if not self.refused:
            super().connection_lost(error)
