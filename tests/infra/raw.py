"""HTTP byte by byte, as no client library would send it."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

PATIENCE_SECONDS = 30
BODILESS = (b"204", b"304")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def ask(port: int, head: str, body: bytes = b"", *, address: str = "127.0.0.2", source: str = "") -> Answer:
    """Send a request line with headers, one a line, and read the answer; Host and Connection are added."""
    with connected(port, address=address, source=source) as caller:
        caller.sendall(request(head, address=address) + body)
        return read(caller)


def connected(port: int, *, address: str = "127.0.0.2", source: str = "") -> socket.socket:
    return socket.create_connection((address, port), PATIENCE_SECONDS, (source, 0) if source else None)


def request(head: str, *, address: str = "127.0.0.2") -> bytes:
    lines = head.split("\n")
    if not any(line.lower().startswith("host:") for line in lines):
        lines.append(f"Host: {address}")
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")


def read(caller: socket.socket) -> Answer:
    """One answer; the connection may stay open after it."""
    with caller.makefile("rb") as answer:
        status = answer.readline().split()[1]
        headers = _headers(answer)
        if headers.get("transfer-encoding") == "chunked":
            body = b"".join(_chunks(answer))
        else:
            body = b"" if status in BODILESS else answer.read(int(headers["content-length"]))
    return Answer(int(status), headers, body)


def _headers(answer: BinaryIO) -> dict[str, str]:
    headers: dict[str, str] = {}
    while line := answer.readline().decode("latin-1").strip():
        name, _, value = line.partition(": ")
        assert name.lower() not in headers, f"{name} was given twice"
        headers[name.lower()] = value
    return headers


def _chunks(answer: BinaryIO) -> Iterator[bytes]:
    while size := int(answer.readline(), 16):
        yield answer.read(size)
        answer.readline()
    answer.readline()
