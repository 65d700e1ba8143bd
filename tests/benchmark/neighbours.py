"""How long Utrecht waits while Haarlem does its worst: p95 of a list, quiet and under each kind of load.

    infra/up
    .venv/bin/python tests/benchmark/neighbours.py

It reads addresses and secrets from `.local/demo.json`; ``--port`` measures another server on the same
addresses. Only loopback addresses are called. ``--json FILE`` keeps the figures.
"""

from __future__ import annotations

import argparse
import http.client
import json
import math
import multiprocessing
import socket
import sys
import threading
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jwt

DEMO = Path(__file__).resolve().parents[2] / ".local" / "demo.json"
ZAKEN = "/zaken/api/v1/zaken"
DOCUMENTEN = "/documenten/api/v1/enkelvoudiginformatieobjecten"
SLOW_BYTES = 10_000
"""What a slow client sends or takes in a second."""
LISTED = f"{ZAKEN}?pageSize=10"
REQUESTS = 200
PATIENCE_SECONDS = 10.0
FLOOR_MS = 50.0
FACTOR = 3
VERTICES = 20_000
"""A body of 0.5 MB, of which each zaak is asked whether it lies within."""


@dataclass
class Municipality:
    """Where it is and how its application signs; what came back is counted."""

    host: str
    port: int
    client_id: str
    secret: str
    statuses: Counter[str] = field(default_factory=Counter)

    def headers(self) -> dict[str, str]:
        claims = {"client_id": self.client_id, "iat": int(time.time())}
        token = jwt.encode(claims, self.secret, algorithm="HS256")
        return {
            "Host": f"{self.host}:{self.port}",
            "Authorization": f"Bearer {token}",
            "Accept-Crs": "EPSG:4326",
            "Content-Crs": "EPSG:4326",
            "Content-Type": "application/json",
        }

    def head(self, line: str, **more: str) -> bytes:
        headers = self.headers() | {name.replace("_", "-"): value for name, value in more.items()}
        return "\r\n".join([line, *(f"{name}: {value}" for name, value in headers.items()), "", ""]).encode()

    def ask(self, method: str, path: str, body: bytes | None = None) -> str:
        """The status, or what went wrong."""
        caller = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE_SECONDS)
        try:
            caller.request(method, path, body, self.headers())
            answer = caller.getresponse()
            answer.read()
            said = str(answer.status)
        except (OSError, http.client.HTTPException) as error:
            said = type(error).__name__
        finally:
            caller.close()
        self.statuses[said] += 1
        return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--port", type=int)
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", choices=LOADS, action="append", help="besides quiet")
    arguments = parser.parse_args()
    haarlem, utrecht = described(arguments.port)
    measured: dict[str, dict[str, Any]] = {}
    wanted = {"quiet", *(arguments.only or LOADS)}
    for name, load in ((name, load) for name, load in LOADS.items() if name in wanted):
        haarlem.statuses.clear()
        with load(haarlem):
            time.sleep(1)
            measured[name] = measure(utrecht, arguments.requests)
        measured[name]["haarlem"] = dict(haarlem.statuses)
        print(f"{name:<24} {json.dumps(measured[name])}", flush=True)  # noqa: T201
        time.sleep(2)
    if arguments.json:
        arguments.json.write_text(json.dumps(measured, indent=1))
    sys.exit(1 if too_slow(measured) else 0)


def described(port: int | None) -> list[Municipality]:
    found = []
    for each in json.loads(DEMO.read_text())["municipalities"][:2]:
        at = urlsplit(each["alternative_base_url"])
        found.append(
            Municipality(str(at.hostname), port or int(at.port or 80), each["client_id"], each["secret"])
        )
    return found


def measure(utrecht: Municipality, requests: int) -> dict[str, Any]:
    """Milliseconds; a failed request took as long as one that nobody waits for."""
    taken, failed, deadline = [], 0, time.monotonic() + 12 * PATIENCE_SECONDS
    while len(taken) < requests and time.monotonic() < deadline:
        started = time.perf_counter()
        failed += (wrong := utrecht.ask("GET", LISTED) != "200")
        taken.append(PATIENCE_SECONDS * 1000 if wrong else (time.perf_counter() - started) * 1000)
    taken.sort()
    return {
        "requests": len(taken),
        "failed": failed,
        "p50": round(quantile(taken, 0.5), 1),
        "p95": round(quantile(taken, 0.95), 1),
        "max": round(taken[-1], 1),
    }


def quantile(ordered: list[float], part: float) -> float:
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def too_slow(measured: dict[str, dict[str, Any]]) -> bool:
    bound = max(FLOOR_MS, FACTOR * measured["quiet"]["p95"])
    slow = [name for name, each in measured.items() if each["failed"] or each["p95"] > bound]
    print(f"bound {bound:.0f} ms; past it: {', '.join(slow) or 'nothing'}")  # noqa: T201
    return bool(slow)


@contextmanager
def quiet(haarlem: Municipality) -> Iterator[None]:
    yield


@contextmanager
def sockets(haarlem: Municipality, number: int, sent: bytes, buffer: int | None = None) -> Iterator[None]:
    """So many connections that send this much and then nothing, and read nothing."""
    with ExitStack() as stack:
        for _ in range(number):
            caller = stack.enter_context(socket.socket())
            if buffer:
                caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
            caller.connect((haarlem.host, haarlem.port))
            caller.sendall(sent)
        yield


@contextmanager
def renewed(haarlem: Municipality, path: str, body: bytes, number: int) -> Iterator[None]:
    """So many callers that ask again as soon as they were answered, in a process that is not measured."""
    over, told = multiprocessing.Event(), multiprocessing.Queue()
    process = multiprocessing.Process(target=go_on, args=(haarlem, path, body, number, over, told))
    process.start()
    yield
    over.set()
    haarlem.statuses.update(told.get(timeout=2 * PATIENCE_SECONDS))
    process.join(PATIENCE_SECONDS)


def go_on(haarlem: Municipality, path: str, body: bytes, number: int, over: Any, told: Any) -> None:
    def ask_again() -> None:
        while not over.is_set():
            if haarlem.ask("POST", path, body) != "200":
                over.wait(0.2)

    with ThreadPoolExecutor(number) as callers:
        for _ in range(number):
            callers.submit(ask_again)
    told.put(haarlem.statuses)


def idle_sockets(haarlem: Municipality):  # noqa: ANN201
    return sockets(haarlem, 200, b"")


def half_heads(haarlem: Municipality):  # noqa: ANN201
    return sockets(haarlem, 200, haarlem.head(f"GET {LISTED} HTTP/1.1")[:-2])


def stalled_bodies(haarlem: Municipality):  # noqa: ANN201
    return sockets(haarlem, 20, haarlem.head(f"POST {ZAKEN} HTTP/1.1", Content_Length="5000") + b"{")


def slow_readers(haarlem: Municipality):  # noqa: ANN201
    line = f"GET {ZAKEN}?pageSize=100&expand=status,zaaktype,rollen HTTP/1.1"
    return sockets(haarlem, 20, haarlem.head(line), buffer=2048)


def slow_requests(haarlem: Municipality):  # noqa: ANN201
    around = [
        [
            round(4.64 + 0.2 * math.cos(2 * math.pi * step / VERTICES), 6),
            round(52.38 + 0.1 * math.sin(2 * math.pi * step / VERTICES), 6),
        ]
        for step in range(VERTICES)
    ]
    polygon = {"type": "Polygon", "coordinates": [[*around, around[0]]]}
    body = json.dumps({"zaakgeometrie": {"within": polygon}}).encode()
    return renewed(haarlem, f"{ZAKEN}/_zoek?pageSize=100", body, 20)


@contextmanager
def slow_uploads(haarlem: Municipality) -> Iterator[None]:
    """Twenty bodies of 20 MB, of 10 KB a second each."""
    head = haarlem.head(f"POST {DOCUMENTEN} HTTP/1.1", Content_Length="20000000")
    with trickling(haarlem, head, lambda caller: caller.sendall(b"x" * SLOW_BYTES)):
        yield


@contextmanager
def slow_downloads(haarlem: Municipality) -> Iterator[None]:
    """Twenty downloads of one document, of which each takes 10 KB a second."""
    head = haarlem.head(f"GET {stored(haarlem)}/download HTTP/1.1")
    with trickling(haarlem, head, lambda caller: caller.recv(SLOW_BYTES)):
        yield


@contextmanager
def trickling(haarlem: Municipality, head: bytes, step: Callable[[socket.socket], Any]) -> Iterator[None]:
    with ExitStack() as stack:
        callers = [stack.enter_context(socket.socket()) for _ in range(20)]
        for caller in callers:
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SLOW_BYTES)
            caller.connect((haarlem.host, haarlem.port))
            caller.sendall(head)
        over = threading.Event()

        def go_on() -> None:
            while not over.wait(1):
                for caller in callers:
                    step(caller)

        sender = threading.Thread(target=go_on)
        sender.start()
        yield
        over.set()
        sender.join()


def stored(haarlem: Municipality) -> str:
    """The path of a document of 5 MB."""
    caller = http.client.HTTPConnection(haarlem.host, haarlem.port, timeout=PATIENCE_SECONDS)
    caller.request("GET", "/catalogi/api/v1/informatieobjecttypen", headers=haarlem.headers())
    types = json.loads(caller.getresponse().read())["results"]
    body = {
        "informatieobjecttype": next(each["url"] for each in types if not each["concept"]),
        "bronorganisatie": "159351741",
        "creatiedatum": "2026-11-26",
        "titel": "Meting",
        "auteur": "Meting",
        "taal": "nld",
        "inhoud": b64encode(bytes(5_000_000)).decode(),
    }
    caller.request("POST", DOCUMENTEN, json.dumps(body), haarlem.headers())
    return urlsplit(json.loads(caller.getresponse().read())["url"]).path


LOADS = {
    "quiet": quiet,
    "200 idle sockets": idle_sockets,
    "200 half heads": half_heads,
    "20 stalled bodies": stalled_bodies,
    "20 slow readers": slow_readers,
    "20 slow legal requests": slow_requests,
    "20 slow uploads": slow_uploads,
    "20 slow downloads": slow_downloads,
}

if __name__ == "__main__":
    main()
