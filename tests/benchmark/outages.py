"""What a caller notices of an outage: the status and the longest wait of requests during and after it.

For the deployment of `infra/up`, whose database and Redis it freezes, locks and ends; no test calls it.

    .venv/bin/python tests/benchmark/outages.py
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import jwt

LONGEST_SECONDS = 40
DEMO = Path(".local/demo.json")
ZAKEN = "/zaken/api/v1/zaken"


class Deployment:
    """The first municipality of the demo, and the processes that it stands on."""

    def __init__(self) -> None:
        told = json.loads(DEMO.read_text())
        self.municipality: dict[str, Any] = told["municipalities"][0]
        self.processes: dict[str, int] = told["processes"]
        self.psql: list[str] = [*told["psql"].split(), "-X", "-q"]
        self.address = urlsplit(self.municipality["alternative_base_url"]).netloc
        self.zaak = urlsplit(json.loads(self.body(f"{ZAKEN}?pageSize=1"))["results"][0]["url"]).path

    def ask(self, path: str, *, secret: str | None = None) -> tuple[int, float, bytes]:
        """Status, seconds and body; status 0 where nothing came within ``LONGEST_SECONDS``."""
        client_id = self.municipality["client_id"]
        claims = {"iss": client_id, "iat": int(time.time()), "client_id": client_id}
        token = jwt.encode(claims, secret or self.municipality["secret"], algorithm="HS256")
        server = HTTPConnection(self.address, timeout=LONGEST_SECONDS)
        started = time.perf_counter()
        try:
            server.request(
                "GET", path, headers={"Authorization": f"Bearer {token}", "Accept-Crs": "EPSG:4326"}
            )
            answer = server.getresponse()
            return answer.status, time.perf_counter() - started, answer.read()
        except OSError:
            return 0, time.perf_counter() - started, b""
        finally:
            server.close()

    def body(self, path: str) -> bytes:
        return self.ask(path)[2]

    def get_zaak(self) -> tuple[int, float, bytes]:
        return self.ask(self.zaak)

    def refused(self) -> tuple[int, float, bytes]:
        """A token with a wrong signature: 403."""
        return self.ask(self.zaak, secret="wrong" * 8)

    def family(self, name: str) -> list[int]:
        """A server and the processes that it started."""
        pid = self.processes[name]
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [pid, *map(int, children)]

    @contextmanager
    def frozen(self, name: str) -> Iterator[None]:
        pids = self.family(name)
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    @contextmanager
    def ended(self, name: str) -> Iterator[None]:
        """Ended the fast way, and started again by `infra/up`."""
        os.kill(self.processes[name], signal.SIGINT)
        time.sleep(2)
        try:
            yield
        finally:
            subprocess.run(["infra/up"], check=True, stdout=subprocess.DEVNULL)  # noqa: S607
            self.processes = json.loads(DEMO.read_text())["processes"]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Somebody holds the table of the zaken for 14 seconds."""
        schema = self.municipality["schema"]
        statements = f"BEGIN; LOCK TABLE {schema}.zaken_zaak; SELECT pg_sleep(14)"
        with subprocess.Popen([*self.psql, "-c", statements], stdout=subprocess.DEVNULL) as holder:
            time.sleep(1)
            yield
            holder.wait()


def tell(name: str, request: Callable[[], tuple[int, float, bytes]], times: int) -> None:
    answers = [request() for _ in range(times)]
    statuses = sorted({status for status, _, _ in answers})
    waits = [1000 * seconds for _, seconds, _ in answers]
    print(f"{name:44} {statuses!s:12} median {median(waits):8.1f} ms, longest {max(waits):8.1f} ms")  # noqa: T201


def main() -> None:
    demo = Deployment()
    wanted = sys.argv[1:]
    tell("get_zaak, all well", demo.get_zaak, 200)
    tell("403, all well", demo.refused, 200)
    cases: dict[str, tuple[Callable[[], Any], int]] = {
        "redis-frozen": (lambda: demo.frozen("redis"), 20),
        "redis-away": (lambda: demo.ended("redis"), 20),
        "postgres-locked": (demo.locked, 2),
        "postgres-frozen": (lambda: demo.frozen("postgres"), 2),
        "postgres-away": (lambda: demo.ended("postgres"), 6),
    }
    for name, (outage, times) in cases.items():
        if wanted and name not in wanted:
            continue
        with outage():
            tell(f"get_zaak, {name}", demo.get_zaak, times)
            tell(f"403, {name}", demo.refused, times)
        tell(f"get_zaak, after {name}", demo.get_zaak, 6)


if __name__ == "__main__":
    main()
