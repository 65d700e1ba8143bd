"""What ``pg_dump`` takes away of a municipality counts as it did, wherever it is restored."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from psycopg2 import sql

from api.pipeline.declare.row_counts import counted_tables
from api.records.row_counts import differences
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.records.conftest import FIRST
from tests.api.records.counted_rows import STEPS, cast_of_haarlem, drawn
from tests.conftest import Connected

RESTORED = "restored_counts"
TEMPLATE = f"{os.environ['ZAAKPLEIN_DATABASE_NAME']}_template"


@pytest.fixture
def dumped(committing: Municipality, owner_connection: Connected, tmp_path: Path) -> Path:
    """Haarlem, with some of everything."""
    with in_municipality(committing):
        cast = cast_of_haarlem()
        for number, name in enumerate(FIRST):
            STEPS[name](cast, drawn(number), 10)
    with owner_connection():
        name = connection.settings_dict["NAME"]
        run(
            "pg_dump",
            "--schema=haarlem",
            "--format=custom",
            f"--file={tmp_path / 'haarlem'}",
            f"--dbname={name}",
        )
    return tmp_path / "haarlem"


@pytest.fixture
def restored(dumped: Path, owner_connection: Connected) -> Iterator[Any]:
    """A cursor in the other database."""
    name = f"{connection.settings_dict['NAME']}_{RESTORED}"
    with owner_connection():
        own = owner()
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            template = sql.Identifier(TEMPLATE)
            cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), template))
        run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={name}", str(dumped))
        other = psycopg2.connect(dbname=name, **own)
        other.autocommit = True
        with other.cursor() as cursor:
            yield cursor
        other.close()
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def owner() -> dict[str, Any]:
    options = connection.settings_dict
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    return {name: options[key] for key, name in names.items()}


def run(*command: str) -> None:
    environment = {**os.environ, **{f"PG{name.upper()}": str(value) for name, value in owner().items()}}
    subprocess.run(command, env=environment, check=True, timeout=60)


def wrong(cursor: Any) -> list[Any]:
    cursor.execute("SET search_path = haarlem")
    cursor.execute(differences(counted_tables()))
    found: list[Any] = cursor.fetchall()
    cursor.execute("SET search_path = ''")
    return found


def test_counts_are_restored_once_and_kept_from_then_on(restored: Any) -> None:
    """Where no search_path leads to the schema as well, as in a session of ``pg_restore``."""
    assert wrong(restored) == []
    restored.execute("SELECT sum(number) FROM haarlem.records_rowcount WHERE kind = 'zaken_rol'")
    assert restored.fetchone() == (10,)

    restored.execute("UPDATE haarlem.zaken_zaak SET vertrouwelijkheidaanduiding = 8")
    restored.execute("DELETE FROM haarlem.zaken_resultaat")

    assert wrong(restored) == []
    restored.execute("SELECT haarlem.records_rowcount_fold('haarlem')")
    restored.execute("SELECT DISTINCT level FROM haarlem.records_rowcount WHERE kind LIKE 'zaken%'")
    assert restored.fetchall() == [(8,)]
