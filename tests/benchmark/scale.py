"""How much longer each list, filter, order, page, read and write takes among many zaken than among few.

Two municipalities of one deployment are asked the same, in turn, in this process: by an application with all
rights and by one with rights on ten types. Values are chosen from the data of each: for what selects little,
one that about a hundred rows have; for what is wide, the one that most have. "SQL" is how long the process of
PostgreSQL that serves this one was on a processor during a request, planning included: others who use the
machine change it little, unlike the time of the clock. The whole request by the clock stands behind it. The
quickest of some counts. What is added is taken away at the end. It runs where PostgreSQL does, on Linux.

    infra/up
    for each in "utrecht 10000" "haarlem 1000000"; do
        read -r municipality count <<<"$each"
        .venv/bin/python manage.py generate_zaken --municipality $municipality --count $count --zaaktypen 50
        .venv/bin/python manage.py generate_documenten --municipality $municipality --count $count
    done
    .venv/bin/python tests/benchmark/scale.py utrecht haarlem [--only rollen] >growth.md
"""

from __future__ import annotations

import argparse
import base64
import logging
import math
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaakplein.settings")

import django  # noqa: E402  # the settings have to be named first

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

import_module(settings.ROOT_URLCONF)

from api.catalogi.models import Informatieobjecttype, Zaaktype  # noqa: E402
from api.clients.models import Applicatie, Credential  # noqa: E402
from api.pipeline.words import registry  # noqa: E402
from tenants.registry.context import in_municipality  # noqa: E402
from tenants.registry.models import Municipality  # noqa: E402
from tests.api.client import ApiClient  # noqa: E402
from tests.plans.applications import applications  # noqa: E402
from tests.plans.asking import ask, count_of, turned  # noqa: E402
from tests.plans.questions import ASKED, DOCUMENTEN, ZAKEN, Asking, Question  # noqa: E402
from tests.plans.values import SELECTIVE  # noqa: E402

LEAST, ROUNDS, SECONDS = 2, 5, 1.0
"""So many requests of a question, or for so long, whichever comes first; but the least in any case."""
WRITES = 25
GROWTH, GROWTH_OF_WRITES = 1.5, 1.3
SELECTIVE_MS, WIDE_MS = 15.0, 100.0
NOISE_MS = 1.0
"""So much more is no growth."""
TOO_SLOW = "x"
DONE = (200, 201, 204)
ROLLEN, STATUSSEN, RESULTATEN = (f"/zaken/api/v1/{each}" for each in ("rollen", "statussen", "resultaten"))
RSIN, BSN = "517439943", "999993653"
BYTES = 10_240
CONTENT = base64.b64encode(b"z" * BYTES).decode()


@dataclass(frozen=True, slots=True)
class Measured:
    """The quickest request, in milliseconds, and how many rows its answer counts."""

    sql: float
    whole: float
    rows: int = 1


class Clock:
    """What happens within, in milliseconds: on the processor for PostgreSQL, and by the clock."""

    sql = whole = 0.0

    def __enter__(self) -> Self:
        connection.ensure_connection()
        self._process = connection.connection.info.backend_pid
        self._sql, self._whole = self._spent(), time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.whole = (time.perf_counter() - self._whole) * 1000
        self.sql = self._spent() - self._sql
        if connection.connection.info.backend_pid != self._process:
            self.sql = math.inf  # another connection, which begins with nothing

    def _spent(self) -> float:
        nanoseconds, *_ = Path(f"/proc/{self._process}/schedstat").read_text().split()
        return int(nanoseconds) / 1e6


@dataclass(frozen=True, slots=True)
class House:
    """A municipality with both applications."""

    municipality: Municipality
    apis: dict[str, ApiClient]

    @classmethod
    def of(cls, schema: str) -> House:
        municipality = Municipality.objects.prefetch_related("domains", "allowed_hosts").get(
            schema_name=schema
        )
        return cls(municipality, applications(municipality))

    def questions(self, asking: Asking) -> dict[str, Question]:
        """By name."""
        with in_municipality(self.municipality):
            host = f"{self.municipality.schema_name}.localhost"
            return {question.name: question for question in asking.questions(host)}

    def leave(self) -> None:
        """Without the applications."""
        with in_municipality(self.municipality):
            Applicatie.objects.filter(label__in=[api.client.client_id for api in self.apis.values()]).delete()
            Credential.objects.filter(pk__in=[api.client.client_id for api in self.apis.values()]).delete()


def quickest(api: ApiClient, question: Question) -> Measured | None:
    """``None`` where PostgreSQL broke it off."""
    measured: list[Measured] = []
    try:
        question, began = turned(api, question), time.perf_counter()
        while len(measured) < LEAST or (len(measured) < ROUNDS and time.perf_counter() - began < SECONDS):
            with Clock() as clock:
                answer = ask(api, question)
            measured.append(Measured(clock.sql, clock.whole, count_of(answer)))
    except AssertionError as refused:
        sys.stderr.write(f"{refused}\n")
        return None
    return min(measured, key=lambda each: each.sql)


def reads(few: House, many: House, only: str) -> None:
    """A table for each list."""
    for asking in ASKED:
        if only not in asking.path:
            continue
        heading(asking.path, few, many)
        among_few = few.questions(asking)
        for name, question in many.questions(asking).items():
            if name in among_few:
                cells = [
                    cells_of(quickest(few.apis[each], among_few[name]), quickest(api, question))
                    for each, api in many.apis.items()
                ]
                line(name, cells)


def heading(title: str, few: House, many: House) -> None:
    names = [house.municipality.schema_name for house in (few, many)]
    apart = [f"{api}: rows | SQL {names[0]} | SQL {names[1]} | growth | whole" for api in many.apis]
    columns = " | ".join(apart).count("|") + 1
    sys.stdout.write(f"\n### {title}\n\n| | {' | '.join(apart)} |\n|---|{'--:|' * columns}\n")


def line(name: str, cells: list[str]) -> None:
    sys.stdout.write(f"| {name} | {' | '.join(cells)} |\n")
    sys.stdout.flush()


def cells_of(small: Measured | None, large: Measured | None) -> str:
    """Rows, SQL among few and among many, growth, and the whole request; bold what is past its goal."""
    if small is None or large is None:
        return f"| | **{TOO_SLOW}** | | "
    growth = large.sql / small.sql
    selective = large.rows <= SELECTIVE
    good = large.sql <= (SELECTIVE_MS if selective else WIDE_MS)
    if selective:
        good = good and (growth <= GROWTH or large.sql - small.sql <= NOISE_MS)
    rows = f"{small.rows:,} / {large.rows:,}"
    sql = f"{large.sql:.1f}" if good else f"**{large.sql:.1f}**"
    return f"{rows} | {small.sql:.1f} | {sql} | {growth:.1f} | {large.whole:.1f}"


# -- one object, and writes ---------------------------------------------------------------------


class Handled:
    """A zaak of one municipality from beginning to end, and a document, by the first application."""

    def __init__(self, house: House) -> None:
        self.api = next(iter(house.apis.values()))
        with in_municipality(house.municipality):
            zaaktype = Zaaktype.objects.published().filter(zaken__isnull=False).order_by("pk").first()
            assert zaaktype is not None
            self.links = {
                "zaaktype": zaaktype,
                "statustype": zaaktype.statustypen.order_by("volgnummer").first(),
                "roltype": zaaktype.roltypen.first(),
                "resultaattype": zaaktype.resultaattypen.first(),
                "informatieobjecttype": Informatieobjecttype.objects.published().first(),
            }
        self.moment = datetime.now(UTC) - timedelta(days=1)
        self.zaak = ""

    def write(self, measure: Callable[[str, Callable[[], Any]], str]) -> None:
        """``measure`` is given the name of each step, in order, and what does it."""
        api, links = self.api, {name: self._link(each) for name, each in self.links.items()}
        organisations = {"bronorganisatie": RSIN, "verantwoordelijkeOrganisatie": RSIN}
        body = {**organisations, "zaaktype": links["zaaktype"], "startdatum": "2026-01-05"}
        self.zaak = measure("post_zaak", lambda: api.post(ZAKEN, body))
        of_it = {"zaak": self.zaak}
        who = {"betrokkeneType": "natuurlijk_persoon", "betrokkeneIdentificatie": {"inpBsn": BSN}}
        rol = {**of_it, **who, "roltype": links["roltype"], "roltoelichting": "meting"}
        made = measure("post_rol", lambda: api.post(ROLLEN, rol))
        status = {**of_it, "statustype": links["statustype"], "datumStatusGezet": self._next_moment()}
        last = measure("post_status", lambda: api.post(STATUSSEN, status))
        outcome = {**of_it, "resultaattype": links["resultaattype"]}
        measure("post_resultaat", lambda: api.post(RESULTATEN, outcome))
        measure("patch_zaak", lambda: api.patch(self.zaak, {"toelichting": f"meting {self._next_moment()}"}))
        measure("get_zaak", lambda: api.get(self.zaak))
        measure("get_zaak_expand", lambda: api.get(f"{self.zaak}?expand=status,zaaktype,rollen"))
        measure("get_status", lambda: api.get(last))
        measure("delete_rol", lambda: api.delete(made))
        measure("delete_zaak", lambda: api.delete(self.zaak))
        document = {
            "bronorganisatie": RSIN, "creatiedatum": "2026-01-05", "titel": "meting", "auteur": "meting",
            "taal": "nld", "formaat": "text/plain", "bestandsnaam": "meting.txt", "inhoud": CONTENT,
            "bestandsomvang": BYTES, "indicatieGebruiksrecht": None, "status": "definitief",
            "informatieobjecttype": links["informatieobjecttype"],
        }  # fmt: skip
        stored = measure("post_eio_10k", lambda: api.post(DOCUMENTEN, document))
        measure("get_eio", lambda: api.get(stored))
        measure("delete_eio", lambda: api.delete(stored))

    def _link(self, thing: Any) -> str:
        return self.api.url(registry.resource_for(type(thing)).path_of(thing))

    def _next_moment(self) -> str:
        self.moment += timedelta(seconds=1)
        return self.moment.isoformat()


def writes(few: House, many: House) -> None:
    """Of both in turn, the quickest of each step."""
    steps: dict[str, tuple[list[Measured], list[Measured]]] = {}
    handled = Handled(few), Handled(many)
    for _ in range(WRITES):
        for place, each in enumerate(handled):

            def measure(name: str, request: Callable[[], Any], place: int = place) -> str:
                with Clock() as clock:
                    answer = request()
                assert answer.status_code in DONE, answer.content[:500]
                steps.setdefault(name, ([], []))[place].append(Measured(clock.sql, clock.whole))
                return str(answer.json()["url"]) if answer.content else ""

            each.write(measure)
    names = [house.municipality.schema_name for house in (few, many)]
    sys.stdout.write("\n### One object\n\n")
    sys.stdout.write(f"| | SQL {names[0]} | SQL {names[1]} | growth | whole |\n|---|--:|--:|--:|--:|\n")
    for name, (small, large) in steps.items():
        before, now = (min(each.sql for each in measured) for measured in (small, large))
        most = GROWTH_OF_WRITES if name.startswith(("post", "patch", "delete")) else GROWTH
        good = now <= most * before or now - before <= NOISE_MS / 2
        shown = f"{now:.1f}" if good else f"**{now:.1f}**"
        line(
            name, [f"{before:.1f}", shown, f"{now / before:.1f}", f"{min(each.whole for each in large):.1f}"]
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("few", help="the schema of a municipality with some 10,000 zaken")
    parser.add_argument("many", help="the schema of one with 1,000,000")
    parser.add_argument("--only", default="", help="part of the path of the lists that are asked")
    parser.add_argument("--no-writes", action="store_true")
    given = parser.parse_args()
    logging.disable(logging.WARNING)
    few, many = House.of(given.few), House.of(given.many)
    try:
        reads(few, many, given.only)
        if not given.no_writes:
            writes(few, many)
    finally:
        for house in (few, many):
            house.leave()


if __name__ == "__main__":
    main()
