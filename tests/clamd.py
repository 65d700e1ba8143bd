"""A small process that speaks ClamAV's INSTREAM, on a socket of its own and on a port; and fixtures for it.

What it does follows from the bytes that it is sent: ``EICAR`` is found, ``DIES`` ends the connection halfway,
``LIMIT`` is more than it takes, ``GARBAGE`` is answered with what nobody understands, ``SLOW`` with nothing.
"""

from __future__ import annotations

import os
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

import pytest
from pytest_django import Settings

VIRUS = "Win.Test.EICAR_HDB-1"
ANSWERS = {
    b"EICAR": f"stream: {VIRUS} FOUND".encode(),
    b"NAMELESS": b"stream: <script>alert()</script> FOUND",
    b"LIMIT": b"INSTREAM size limit exceeded. ERROR",
    b"GARBAGE": b"\xff\x00HTTP/1.1 200 OK",
    b"ENDLESS": b"x" * 100_000,
}


class Scan(socketserver.StreamRequestHandler):
    """One content."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
            if b"DIES" in content:
                return
            if b"LIMIT" in content:
                break
        if b"SLOW" in content:
            self.rfile.read(1)  # until the other side is gone
            return
        answer = next((each for word, each in ANSWERS.items() if word in content), b"stream: OK")
        self.wfile.write(answer + b"\0")


class OnPort(socketserver.ThreadingTCPServer):
    daemon_threads = True


class OnPath(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


def serve(path: str) -> None:
    """Until standard input ends; says its port first."""
    on_port, on_path = OnPort(("127.0.0.1", 0), Scan), OnPath(path, Scan)
    for server in (on_port, on_path):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(on_port.server_address[1], flush=True)  # noqa: T201  # whoever started it reads it
    sys.stdin.read()
    os._exit(0)


@pytest.fixture(scope="session")
def clamd_places() -> Iterator[dict[str, str]]:
    """Where the scanner listens, by how; and where none does."""
    with TemporaryDirectory() as folder, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        path = str(Path(folder) / "clamd.sock")
        with subprocess.Popen(  # ourselves
            [sys.executable, __file__, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            port = int(cast("BinaryIO", process.stdout).readline())
            yield {
                "path": path,
                "port": f"127.0.0.1:{port}",
                "nobody": f"127.0.0.1:{taken.getsockname()[1]}",
                "no path": f"{folder}/none",
            }
            cast("BinaryIO", process.stdin).close()


@pytest.fixture
def clamd(settings: Settings, clamd_places: dict[str, str]) -> dict[str, str]:
    """The deployment has a scanner."""
    settings.CLAMAV = clamd_places["path"]
    return clamd_places


if __name__ == "__main__":
    serve(sys.argv[1])
