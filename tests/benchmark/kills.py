"""Workers are killed while both municipalities write and read: no wrong answer, nothing lost.

    infra/up
    .venv/bin/python tests/benchmark/kills.py [SECONDS]

Exits 1 where an answer was neither right nor a problem document with 502, 503 or 504, where a zaak that was
answered with 201 is not there, or where one shows at the neighbour.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jwt

DEMO = json.loads((Path(__file__).resolve().parents[2] / ".local" / "demo.json").read_text())
RSIN = "517439943"
PASSING = (502, 503, 504)
PAUSE_SECONDS = 1.5
Answer = tuple[int, str, Any]


class House:
    """One municipality as its application calls it."""

    def __init__(self, about: dict[str, Any]) -> None:
        self.about = about
        self.made: dict[str, str] = {}
        self.counts: dict[int, int] = {}
        self.wrong: list[str] = []
        self.zaaktype = self._ask("GET", "/catalogi/api/v1/zaaktypen")[2]["results"][0]["url"]

    def _ask(self, method: str, path: str, body: Any = None) -> Answer:
        address = urlsplit(self.about["alternative_base_url"])
        claims = {"iat": int(time.time()), "client_id": self.about["client_id"]}
        headers = {
            "Authorization": f"Bearer {jwt.encode(claims, self.about['secret'], algorithm='HS256')}",
            "Accept-Crs": "EPSG:4326",
            "Content-Crs": "EPSG:4326",
            "Content-Type": "application/json",
        }
        connection = HTTPConnection(address.hostname or "", address.port, timeout=30)
        try:
            connection.request(method, path, json.dumps(body) if body else None, headers)
            response = connection.getresponse()
            kind = response.headers.get_content_type()
            raw = response.read()
            return response.status, kind, json.loads(raw) if raw else None
        finally:
            connection.close()

    def call(self, method: str, path: str, expected: int, body: Any = None) -> Any:
        """The body where it was as expected; what may pass is counted, and what may not is wrong."""
        try:
            status, kind, said = self._ask(method, path, body)
        except (OSError, HTTPException, ValueError) as error:
            self.wrong.append(f"{method} {path}: {error!r}")
            return None
        self.counts[status] = self.counts.get(status, 0) + 1
        if status == expected:
            return said
        if status not in PASSING or kind != "application/problem+json":
            self.wrong.append(f"{method} {path}: {status} {kind} {said}")
        return None

    def work(self, until: float) -> None:
        """Make zaken and read them back until then."""
        while time.monotonic() < until:
            text = f"{self.about['schema']} {random.random()}"  # noqa: S311  # no secret
            body = {"zaaktype": self.zaaktype, "bronorganisatie": RSIN, "verantwoordelijkeOrganisatie": RSIN,
                    "startdatum": "2026-01-05", "omschrijving": text}  # fmt: skip
            made = self.call("POST", "/zaken/api/v1/zaken", 201, body)
            if made is not None:
                self.made[urlsplit(made["url"]).path] = text
            listed = self.call("GET", "/zaken/api/v1/zaken?pageSize=10", 200)
            for zaak in (listed or {}).get("results", ()):
                if zaak["omschrijving"].startswith(("haarlem 0.", "utrecht 0.")) and not zaak[
                    "omschrijving"
                ].startswith(self.about["schema"]):
                    self.wrong.append(f"{zaak['url']} is the neighbour's")

    def lost(self) -> list[str]:
        """What was answered with 201 and is not there, or is not what was sent."""
        found = {path: self._ask("GET", path) for path in self.made}
        return [
            p
            for p, (status, _, said) in found.items()
            if status != 200 or said["omschrijving"] != self.made[p]
        ]


def kill(until: float) -> int:
    """A worker of the web every moment; how many."""
    killed = 0
    while time.monotonic() < until:
        time.sleep(PAUSE_SECONDS)
        children = Path(f"/proc/{DEMO['processes']['web']}/task/{DEMO['processes']['web']}/children")
        workers = children.read_text().split()
        if workers:
            os.kill(int(random.choice(workers)), signal.SIGKILL)  # noqa: S311  # any of them
            killed += 1
    return killed


def main() -> None:
    until = time.monotonic() + float(sys.argv[1] if len(sys.argv) > 1 else 30)
    houses = [House(about) for about in DEMO["municipalities"]]
    threads = [threading.Thread(target=house.work, args=[until]) for house in houses for _ in range(3)]
    for thread in threads:
        thread.start()
    killed = kill(until)
    for thread in threads:
        thread.join()
    time.sleep(3)
    bad = 0
    for house in houses:
        lost = house.lost()
        bad += len(lost) + len(house.wrong)
        told = f"made {len(house.made)}, lost {len(lost)}"
        print(house.about["name"], dict(sorted(house.counts.items())), told)  # noqa: T201
        print(*house.wrong[:5], sep="\n")  # noqa: T201
    print(f"{killed} workers killed")  # noqa: T201
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
