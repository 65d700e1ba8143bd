"""A program that listens: a real server on the loopback address, which keeps what it was sent."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE_SECONDS = 5


@dataclass
class Receiver:
    """``status`` is what it answers; ``before`` happens before it does."""

    port: int = 0
    status: int | Callable[[dict[str, Any]], int] = 200
    before: Callable[[], object] = lambda: None
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhook"

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]

    @property
    def ids(self) -> list[str]:
        return [each["webhook-id"] for each in self.headers]

    def answer(self, body: bytes) -> int:
        self.before()
        return self.status if isinstance(self.status, int) else self.status(json.loads(body))


@contextmanager
def listening(receiver: Receiver) -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.headers.append({name.lower(): value for name, value in self.headers.items()})
            receiver.bodies.append(body)
            with suppress(OSError):
                self.send_response(receiver.answer(body))
                self.send_header("Location", "http://127.0.0.1:1/")
                self.end_headers()

        def log_message(self, *args: object) -> None:
            """Keep the output of the tests clean."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            """Whoever hangs up is what these tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    receiver.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield receiver
    server.shutdown()
    server.server_close()


def is_signed(receiver: Receiver, place: int, secret: str) -> bool:
    """As a receiver checks it by the letter of Standard Webhooks."""
    headers, body = receiver.headers[place], receiver.bodies[place].decode()
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}"
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.new(key, signed.encode(), hashlib.sha256).digest()).decode()
    return f"v1,{wanted}" in headers["webhook-signature"].split(" ")
