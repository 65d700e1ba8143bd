"""A real identity provider in a process of its own, and a browser that goes through it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests

START_SECONDS = 20


@dataclass(frozen=True)
class Provider:
    port: int

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def knows(self, subject: str, claims: Mapping[str, Any]) -> None:
        """The person it will sign in under this name, with what it says of him."""
        response = requests.put(f"{self.issuer}/users/{subject}", json=dict(claims), timeout=5)
        response.raise_for_status()

    def sign_in(self, address: str, subject: str) -> str:
        """What the browser does at the provider; the path and query to which it is sent back."""
        response = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
        back = urlsplit(response.headers["Location"])
        return f"{back.path}?{back.query}"


@contextmanager
def running_provider() -> Iterator[Provider]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            await_port(port)
            yield Provider(port)
        finally:
            process.terminate()


def await_port(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        else:
            return
