"""What PostgreSQL keeps of the municipalities that its connections visit, and what a bound on that costs.

For the deployment of `infra/up`, on a machine that may be disturbed. It onboards as many municipalities, each
with one zaak, and starts a web of its own on the same database, once for each bound: first with one thread,
whose single connection goes round them all, then as production has it, with callers who ask at random.

    .venv/bin/python tests/benchmark/visiting.py [--municipalities 342] [--most 100000 --most 150] [--keep]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

import jwt  # noqa: E402

from tests.benchmark.onboarding import PREFIX, as_owner, clear, host_of  # noqa: E402  # it sets up Django

from api.clients.client_ids import give  # noqa: E402  # isort: skip
from api.clients.models import Applicatie, Credential  # noqa: E402  # isort: skip
from tenants.registry.context import in_municipality  # noqa: E402  # isort: skip
from tenants.registry.models import Municipality  # noqa: E402  # isort: skip
from tenants.registry.onboarding import onboard  # noqa: E402  # isort: skip
from tests.benchmark.zgw_bench import tree_cpu  # noqa: E402  # isort: skip
from tests.factories.zaken import StatusFactory  # noqa: E402  # isort: skip

DEMO = json.loads((ROOT / ".local" / "demo.json").read_text())
POSTGRES = int(DEMO["processes"]["postgres"])
CLIENT_ID = "meting"
SECRET = "a secret of thirty-two characters"  # of a measurement
OURS = "visiting"
"""As what the connections of our web are known."""
START_SECONDS = 60
EVERY = 19
"""Of 342 municipalities: so often is looked how much there is."""
CALLERS = 4
REQUESTS = 4000
WARM = 500


@dataclass(frozen=True)
class Place:
    host: str
    path: str


# What is measured on ----------------------------------------------------------------------------


def prepare(count: int) -> list[Place]:
    """Municipalities that are not there yet are onboarded; each has an application and a zaak."""
    wanted = [f"{PREFIX}{number}" for number in range(count)]
    there = set(Municipality.objects.filter(schema_name__in=wanted).values_list("schema_name", flat=True))
    took = [onboarded(schema) for schema in wanted if schema not in there]
    if took:
        said(f"onboarded {len(took)}: {told(took)}, {sum(took):.0f} s in all")
    return [furnished(schema) for schema in wanted]


def onboarded(schema: str) -> float:
    started = time.perf_counter()
    with as_owner():
        onboard(naam=f"Meting {schema}", schema=schema, hosts=[host_of(schema)], environment="sandbox")
    return time.perf_counter() - started


def furnished(schema: str) -> Place:
    with in_municipality(Municipality.objects.get(schema_name=schema)):
        if not Credential.objects.filter(client_id=CLIENT_ID).exists():
            Credential.objects.create(client_id=CLIENT_ID, secret=SECRET)
            give(Applicatie.objects.create(label="Meting", heeft_alle_autorisaties=True), [CLIENT_ID])
            StatusFactory.create()
        zaak = StatusFactory._meta.model.objects.values_list("zaak", flat=True)[0]
    return Place(host_of(schema), f"/zaken/api/v1/zaken/{zaak}")


@contextmanager
def web(most: int, **settings: int) -> Iterator[int]:
    """The port of a web of its own."""
    directory = Path(tempfile.mkdtemp(prefix="zaakplein-visiting-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = {
        **os.environ,
        **{f"ZAAKPLEIN_{name.upper()}": str(value) for name, value in settings.items()},
        "PGAPPNAME": OURS,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'platform'}",
        "ZAAKPLEIN_DATABASE_LOGIN": "app",
        "ZAAKPLEIN_DATABASE_MOST_VISITED": str(most),
        "ZAAKPLEIN_WEB_DIRECTORY": str(directory),
        "ZAAKPLEIN_WEB_LISTEN": f"127.0.0.1:{port}",
    }
    serve = [sys.executable, str(ROOT / "infra" / "serve.py"), "both"]
    with (directory / "log").open("ab") as log:
        process = subprocess.Popen(serve, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        wait_for(port)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=START_SECONDS)
        shutil.rmtree(directory)


def wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > until:
                sys.exit("The web did not start.")
            time.sleep(0.1)
        else:
            return


def ask(port: int, place: Place) -> float:
    """Milliseconds until the zaak was there."""
    token = jwt.encode({"iat": int(time.time()), "client_id": CLIENT_ID}, SECRET, algorithm="HS256")
    headers = {"Host": place.host, "Authorization": f"Bearer {token}", "Accept-Crs": "EPSG:4326"}
    caller = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    started = time.perf_counter()
    try:
        caller.request("GET", place.path, headers=headers)
        answer = caller.getresponse()
        answer.read()
    finally:
        caller.close()
    if answer.status != 200:
        sys.exit(f"{answer.status} at {place.host}{place.path}")
    return 1000 * (time.perf_counter() - started)


# How much there is ------------------------------------------------------------------------------


def kept() -> list[float]:
    """MB of memory that each backend of our web has to itself, the largest first."""
    asked = f"SELECT pid FROM pg_stat_activity WHERE application_name = '{OURS}'"  # noqa: S608
    psql = [*shlex.split(DEMO["psql"]), "-X", "-A", "-t", "-q", "-c", asked]
    pids = subprocess.run(psql, check=True, capture_output=True, text=True).stdout.split()
    return sorted((own(int(pid)) for pid in pids), reverse=True)


def own(pid: int) -> float:
    """MB, without what is shared with other backends."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def curve(port: int, places: list[Place]) -> None:
    """Three times round them all, each time in another order, on one connection."""
    for number in range(3):
        chance = random.Random(number)  # noqa: S311  # the same again
        order = chance.sample(places, len(places))
        took, sizes, before = [], [], tree_cpu(POSTGRES)
        for count, place in enumerate(order, start=1):
            took.append(ask(port, place))
            if count % EVERY == 0:
                sizes.append(kept()[0])
        used = 1000 * (tree_cpu(POSTGRES) - before) / len(took)
        said(f"  round {number + 1}: get_zaak {told(took, 'ms')}, {used:.2f} ms CPU of PostgreSQL")
        said(f"    MB after each {EVERY}: {' '.join(f'{size:.0f}' for size in sizes)}")


def at_random(port: int, places: list[Place], *, skewed: bool) -> None:
    """Several callers; skewed, some municipalities are asked much more than others, as they are larger."""
    weights = [1 / rank for rank in range(1, len(places) + 1)] if skewed else None
    chance = random.Random(1)  # noqa: S311
    asked = chance.choices(places, weights, k=REQUESTS)
    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(lambda place: ask(port, place), asked[:WARM]))
        before = tree_cpu(POSTGRES)
        took = list(callers.map(lambda place: ask(port, place), asked[WARM:]))
    sizes, used = kept(), 1000 * (tree_cpu(POSTGRES) - before) / len(took)
    said(f"  {'skewed' if skewed else 'even'}: get_zaak {told(took, 'ms')}, {used:.2f} ms CPU of PostgreSQL")
    said(f"    {len(sizes)} connections, {sum(sizes):.0f} MB, the largest {sizes[0]:.0f}")


def told(took: list[float], unit: str = "s") -> str:
    p95 = quantiles(took, n=20, method="inclusive")[-1]
    return f"p50 {median(took):.2f} {unit}, p95 {p95:.2f} {unit}, max {max(took):.2f} {unit}"


def said(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # what it is run for


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--municipalities", type=int, default=342)
    parser.add_argument("--most", type=int, action="append", help="municipalities a connection visits")
    parser.add_argument("--keep", action="store_true", help="leave the municipalities for another run")
    asked = parser.parse_args()
    try:
        places = prepare(asked.municipalities)
        for most in asked.most or [100_000, 150]:
            said(f"at most {most}, load {os.getloadavg()[0]:.1f}")
            with web(most, web_workers=1, web_threads=1) as port:
                curve(port, places)
            with web(most) as port:
                at_random(port, places, skewed=False)
                at_random(port, places, skewed=True)
    finally:
        if not asked.keep:
            with as_owner():
                clear()


if __name__ == "__main__":
    main()
