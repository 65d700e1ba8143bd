"""What a page of documents costs among 10,000 and among 100,000, by filter, on the database of `infra/up`.

What it adds is taken away at the end. The quickest of some requests counts, since others use the machine.

ZAAKPLEIN_DATABASE_LOGIN=owner .venv/bin/python tests/benchmark/many_documents.py
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaakplein.settings")

import django  # noqa: E402  # the settings have to be named first

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

import_module(settings.ROOT_URLCONF)

from api.catalogi.models import Informatieobjecttype  # noqa: E402
from api.clients.models import Applicatie  # noqa: E402
from api.pipeline.words.registry import resource_for  # noqa: E402
from tenants.registry.context import in_municipality  # noqa: E402
from tenants.registry.models import Municipality  # noqa: E402
from tests.api.client import ApiClient, api_with_all_rights, api_with_rights, right  # noqa: E402

DOCUMENTEN = "/documenten/api/v1/enkelvoudiginformatieobjecten"
SIZES = (10_000, 100_000)
ROUNDS = 25
FEW = 20
"""So many rows each selective filter leaves, whatever the number of documents."""
OBJECT = "http://elders.example/zeldzaam"

TABLES = ("enkelvoudiginformatieobject", "objectinformatieobject")

DOCUMENTS = """
INSERT INTO documenten_enkelvoudiginformatieobject (
    uuid, versie, begin_registratie, identificatie, bronorganisatie, creatiedatum, titel,
    vertrouwelijkheidaanduiding, tonen_aan_initiator, auteur, status, formaat, taal, bestandsnaam, link,
    beschrijving, verschijningsvorm, ondertekening_soort, integriteit_algoritme, integriteit_waarde,
    informatieobjecttype_id, trefwoorden, lock, lock_houder, inhoud_id, bestandsomvang
)
SELECT gen_random_uuid(), 1, now(), 'METING-' || n, '517439943',
    CASE WHEN n <= %(few)s THEN date '2031-01-01' ELSE date '2020-01-01' + (n %% 2000) END,
    CASE WHEN n <= %(few)s THEN 'Zeldzaam' ELSE 'Brief ' || n %% 50 END,
    CASE WHEN n <= %(few)s THEN 8 ELSE 1 END, false,
    CASE WHEN n <= %(few)s THEN 'Zeldzame Maker' ELSE 'Afdeling ' || n %% 50 END,
    'definitief', 'text/plain', 'nld', 'brief.txt', '',
    CASE WHEN n <= %(few)s THEN 'Een bijzonder verhaal' ELSE 'Een brief over nummer ' || n END,
    '', '', '', '',
    CASE WHEN n <= %(few)s THEN %(rare)s::uuid ELSE %(usual)s::uuid END,
    CASE WHEN n <= %(few)s THEN ARRAY['zeldzaam'] ELSE ARRAY['woord' || n %% 50] END,
    CASE WHEN n <= %(few)s THEN 'slot' || n ELSE '' END, CASE WHEN n <= %(few)s THEN 'iemand' ELSE '' END,
    NULL, NULL
FROM generate_series(%(first)s, %(last)s) AS n
"""
RELATIONS = """
INSERT INTO documenten_objectinformatieobject (uuid, informatieobject_id, object, object_type)
SELECT gen_random_uuid(), uuid,
    CASE WHEN titel = 'Zeldzaam' THEN %(rare)s ELSE 'http://elders.example/' || identificatie END, 'zaak'
FROM documenten_enkelvoudiginformatieobject WHERE identificatie LIKE 'METING-%%' AND volgorde >= %(first)s
"""


def grow(to: int, at: int, types: list[Informatieobjecttype]) -> None:
    """Up to so many documents, from so many on."""
    usual, rare = types
    given = {"few": FEW, "first": at + 1, "last": to, "usual": str(usual.pk), "rare": str(rare.pk)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(volgorde), 0) FROM documenten_enkelvoudiginformatieobject")
        ((last,),) = cursor.fetchall()
        cursor.execute(DOCUMENTS, given)
        cursor.execute(RELATIONS, {"rare": OBJECT, "first": last + 1})


def settle(schema: str) -> None:
    """As the database does by itself after a while."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {schema}.documenten_{table}")


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM documenten_objectinformatieobject WHERE object LIKE 'http://elders.example/%'"
        )
        cursor.execute(
            "DELETE FROM documenten_enkelvoudiginformatieobject WHERE identificatie LIKE 'METING-%'"
        )


def queries(rare: Informatieobjecttype) -> dict[str, dict[str, str]]:
    url = f"http://haarlem.localhost{resource_for(Informatieobjecttype).path_of(rare)}"
    return {
        "first page": {},
        "identificatie": {"identificatie": "METING-7"},
        "titel": {"titel": "Zeldzaam"},
        "auteur": {"auteur": "zeldzame"},
        "beschrijving": {"beschrijving": "bijzonder verhaal"},
        "creatiedatum__gte": {"creatiedatum__gte": "2030-01-01"},
        "informatieobjecttype": {"informatieobjecttype": url},
        "locked": {"locked": "true"},
        "trefwoorden": {"trefwoorden": "zeldzaam"},
        "trefwoorden__overlap": {"trefwoorden__overlap": "zeldzaam,geen"},
        "vertrouwelijkheidaanduiding": {"vertrouwelijkheidaanduiding": "zeer_geheim"},
        "objectinformatieobjecten__object": {"objectinformatieobjecten__object": OBJECT},
        "ordering=titel": {"ordering": "titel", "titel": "Zeldzaam"},
    }


def quickest(api: ApiClient, query: Mapping[str, str]) -> tuple[float, int]:
    """Milliseconds, and how many the answer counts."""
    took, count = [], 0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = api.get(f"{DOCUMENTEN}?{urlencode(query)}")
        took.append(time.perf_counter() - began)
        count = answer.json()["count"]
    return min(took) * 1000, count


def measure() -> None:
    logging.disable(logging.WARNING)
    municipality = Municipality.objects.get(schema_name="haarlem")
    with in_municipality(municipality):
        types = list(Informatieobjecttype.objects.published().order_by("pk")[:2])
        usual = right("drc", ("documenten.lezen",), types[0], maximum=8)
    all_rights, one_type = api_with_all_rights(municipality), api_with_rights(municipality, usual)
    found: dict[str, list[tuple[float, int]]] = {}
    try:
        at = 0
        for size in SIZES:
            with in_municipality(municipality), transaction.atomic():
                grow(size, at, types)
            settle(municipality.schema_name)
            at = size
            for name, query in queries(types[1]).items():
                found.setdefault(name, []).append(quickest(all_rights, query))
            found.setdefault("first page, one type", []).append(quickest(one_type, {}))
    finally:
        with in_municipality(municipality):
            clear()
            Applicatie.objects.filter(label__startswith="app-").delete()
        settle(municipality.schema_name)
    for name, ((small, _), (large, count)) in found.items():
        sys.stdout.write(f"{name:36}{small:8.1f}{large:8.1f} ms{large / small:7.2f}  ({count})\n")


if __name__ == "__main__":
    measure()
