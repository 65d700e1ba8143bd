"""How long zips of several shapes take to import, on the database of `infra/up`; each run is rolled back.

.venv/bin/python tests/benchmark/exchange.py [mixed|zaaktypen|roltypen …] [--profile]
"""

from __future__ import annotations

import cProfile
import os
import pstats
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaakplein.settings")

import django  # noqa: E402  # the settings have to be named first

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

import_module(settings.ROOT_URLCONF)

from api.catalogi.exchange.command import command_caller  # noqa: E402
from api.catalogi.exchange.importing import import_archive  # noqa: E402
from api.catalogi.exchange.options import Options  # noqa: E402
from api.catalogi.exchange.reading import read_archive  # noqa: E402
from tenants.registry.context import in_municipality  # noqa: E402
from tenants.registry.models import Municipality  # noqa: E402
from tests.api.catalogi import cast  # noqa: E402
from tests.api.catalogi.exchange.contents import packed  # noqa: E402
from tests.factories.catalogi import AFGEHANDELD, NIET_DOORGEGAAN  # noqa: E402

SOURCE = "https://elders.example.nl/catalogi/api/v1"


class Zip:
    """Objects by their files, each with a URL of its own."""

    def __init__(self) -> None:
        self.files: dict[str, list[dict[str, Any]]] = {}
        self.number = 0
        self.catalogus = self.add("Catalogus", "catalogussen", cast.catalogus_body(domein="METEN"))

    def add(self, file: str, path: str, body: dict[str, Any]) -> str:
        self.number += 1
        url = f"{SOURCE}/{path}/{UUID(int=(4 << 76) + (8 << 60) + self.number)}"
        self.files.setdefault(f"{file}.json", []).append({"url": url, **body})
        return url

    def zaaktype(self, number: int, **changes: Any) -> str:
        body = cast.zaaktype_body(self.catalogus, identificatie=f"METEN-{number}", concept=False, **changes)
        return self.add("ZaakType", "zaaktypen", body)

    def roltype(self, zaaktype: str, number: int) -> None:
        self.add("RolType", "roltypen", cast.roltype_body(zaaktype, omschrijving=f"Rol {number}"))


def zaaktypen() -> Zip:
    """500 of them, published, without parts."""
    made = Zip()
    for number in range(500):
        made.zaaktype(number)
    return made


def roltypen() -> Zip:
    """1,500 of them in one zaaktype."""
    made = Zip()
    zaaktype = made.zaaktype(1)
    for number in range(1500):
        made.roltype(zaaktype, number)
    return made


def mixed() -> Zip:
    """2,001 objects: 120 zaaktypen with 15 parts each, documents and besluittypen."""
    made = Zip()
    documents = [
        made.add(
            "InformatieObjectType",
            "informatieobjecttypen",
            cast.informatieobjecttype_body(made.catalogus, omschrijving=f"Document {number}", concept=False),
        )
        for number in range(60)
    ]
    besluiten = [
        made.add(
            "BesluitType",
            "besluittypen",
            cast.besluittype_body(
                made.catalogus,
                omschrijving=f"Besluit {number}",
                informatieobjecttypen=documents[number : number + 2],
                concept=False,
            ),
        )
        for number in range(20)
    ]
    for number in range(120):
        _whole_zaaktype(made, number, documents, besluiten)
    return made


def _whole_zaaktype(made: Zip, number: int, documents: list[str], besluiten: list[str]) -> None:
    zaaktype = made.zaaktype(number, besluittypen=[besluiten[number % 20]])
    for index in range(1, 4):
        made.add("StatusType", "statustypen", cast.statustype_body(zaaktype, volgnummer=index))
        ziot = cast.ziot_body(zaaktype, documents[(number + index) % 60], volgnummer=index)
        made.add("ZaakTypeInformatieObjectType", "zaaktype-informatieobjecttypen", ziot)
        resultaattype = cast.resultaattype_body(
            zaaktype,
            omschrijving=f"Resultaat {index}",
            resultaattypeomschrijving=AFGEHANDELD,
            selectielijstklasse=NIET_DOORGEGAAN,
        )
        made.add("ResultaatType", "resultaattypen", resultaattype)
        made.roltype(zaaktype, index)
    for index in range(2):
        made.add("Eigenschap", "eigenschappen", cast.eigenschap_body(zaaktype, naam=f"Eigenschap {index}"))
    made.add("ZaakObjectType", "zaakobjecttypen", cast.zaakobjecttype_body(zaaktype))


SHAPES = {each.__name__: each for each in (mixed, zaaktypen, roltypen)}


@contextmanager
def counting() -> Iterator[list[int]]:
    number = [0]

    def count(execute: Any, *arguments: Any) -> Any:
        number[0] += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        yield number


def measure(shape: str, municipality: Municipality) -> str:
    raw = packed(SHAPES[shape]().files)
    with in_municipality(municipality), counting() as statements:
        wall, cpu = time.perf_counter(), time.process_time()
        archive = read_archive(raw)
        report = import_archive(archive, Options(dry_run=True), command_caller(municipality, force=False))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    assert not report.violations, report.violations[:3]
    return (
        f"{shape:<10} {len(report.lines):>5} objects  {wall:6.2f} s  {cpu:6.2f} s of Python"
        f"  {statements[0]:>6} statements"
    )


def main() -> None:
    municipality = Municipality.objects.get(schema_name="haarlem")
    shapes = [each for each in sys.argv[1:] if each in SHAPES] or list(SHAPES)
    for shape in shapes:
        profile = cProfile.Profile()
        if "--profile" in sys.argv:
            profile.enable()
        said = measure(shape, municipality)
        profile.disable()
        print(said)  # noqa: T201  # what it is run for
        if "--profile" in sys.argv:
            pstats.Stats(profile).sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    main()
