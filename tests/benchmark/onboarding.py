"""How long a gemeente waits for its APIs: from the asking to the first 200 with its first key, many times.

For the deployment of `infra/up`, whose provisioner and worker do the work; what is made is taken away again.

    .venv/bin/python tests/benchmark/onboarding.py [--times 20] [--catalogue none|demo]
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaakplein.settings")

import django  # noqa: E402  # the settings have to be named first

django.setup()

import jwt  # noqa: E402
from django.conf import settings  # noqa: E402

from api.clients.models import Credential  # noqa: E402
from tenants.jobs.models import Job  # noqa: E402
from tenants.onboarding.asking import KIND, Request, ask_onboarding  # noqa: E402
from tenants.registry.connection import connection  # noqa: E402
from tenants.registry.context import in_municipality  # noqa: E402
from tenants.registry.models import Municipality  # noqa: E402
from tenants.registry.names import role_name  # noqa: E402
from tenants.registry.schemas import drop_schema  # noqa: E402

PREFIX = "meting_"
LONGEST_SECONDS = 60
PAUSE_SECONDS = 0.01
PATH = "/catalogi/api/v1/zaaktypen"


def host_of(schema: str) -> str:
    return f"{schema.replace('_', '-')}.localhost"


def status(host: str, key: Credential) -> int:
    claims = {"iat": int(time.time()), "client_id": key.client_id}
    token = jwt.encode(claims, key.secret, algorithm="HS256")
    server = HTTPConnection("127.0.0.1", int(settings.WEB_PORT), timeout=LONGEST_SECONDS)
    try:
        server.request("GET", PATH, headers={"Host": host, "Authorization": f"Bearer {token}"})
        answer = server.getresponse()
        answer.read()
        return answer.status
    finally:
        server.close()


def measure(schema: str, catalogue: str) -> tuple[float, float]:
    """Seconds from the asking to the first 200, and to the end of the job, letter included."""
    request = Request(
        f"Meting {schema}", schema, (host_of(schema),), catalogue=catalogue, environment="sandbox"
    )
    started = time.perf_counter()
    job = ask_onboarding(request, asked_by="meting")
    wait_for(lambda: "first_key" in Job.objects.values_list("found", flat=True).get(pk=job.pk), started)
    with in_municipality(Municipality.objects.get(schema_name=schema)):
        key = Credential.objects.get()
    wait_for(lambda: status(host_of(schema), key) == 200, started)
    first = time.perf_counter() - started
    wait_for(lambda: Job.objects.get(pk=job.pk).state == Job.State.DONE, started)
    return first, time.perf_counter() - started


def wait_for(is_so: Callable[[], bool], started: float) -> None:
    while not is_so():
        if time.perf_counter() - started > LONGEST_SECONDS:
            sys.exit("Not within a minute; see .local/log/provisioner.log and worker.log.")
        time.sleep(PAUSE_SECONDS)


@contextmanager
def as_owner() -> Iterator[None]:
    connection.use_login("owner")
    try:
        yield
    finally:
        connection.use_login("app")


def clear() -> None:
    """Take away what was made, of runs that were broken off too."""
    for schema in Municipality.objects.filter(schema_name__startswith=PREFIX).values_list(
        "schema_name", flat=True
    ):
        Job.objects.filter(kind=KIND, subject=schema).delete()
        Municipality.objects.filter(schema_name=schema).delete()
        drop_schema(schema)
        role = role_name(connection.settings_dict["NAME"], schema)
        with connection.cursor() as cursor:
            cursor.execute(
                f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};"
                f"REVOKE ALL ON SCHEMA public FROM {role}; DROP ROLE {role}"
            )


def told(name: str, seconds: list[float]) -> str:
    p95 = quantiles(seconds, n=20, method="inclusive")[-1]
    return f"{name:<18} p50 {median(seconds):5.2f} s   p95 {p95:5.2f} s   max {max(seconds):5.2f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--catalogue", choices=["none", "demo"], default="none")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    with as_owner():
        clear()
    try:
        measured = [measure(f"{PREFIX}{number}", asked.catalogue) for number in range(asked.times)]
    finally:
        with as_owner():
            clear()
    said = [
        f"{asked.times} times, catalogue {asked.catalogue}, load {load:.1f} to {os.getloadavg()[0]:.1f}",
        told("to the first 200", [first for first, _ in measured]),
        told("to the end", [end for _, end in measured]),
    ]
    print("\n".join(said))  # noqa: T201  # what it is run for


if __name__ == "__main__":
    main()
