from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from tenants.registry import provisioning
from tenants.registry.connection import connection
from tests.conftest import Connected

EXPOSED = "CREATE FUNCTION public.reveal() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"


def migrated() -> str:
    """What is said of it."""
    said = StringIO()
    call_command("migrate_schemas", shared=True, verbosity=0, stderr=said)
    return said.getvalue()


def test_migrating_names_what_everybody_may_call_with_the_rights_of_another(
    owner_connection: Connected,
) -> None:
    with owner_connection(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EXPOSED)
        assert "reveal()" in migrated()
        transaction.set_rollback(True)


def test_migrating_names_what_shows_everybody_the_values_of_a_table(
    owner_connection: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provisioning, "STATISTICS_OF_EXPRESSIONS", ("pg_stats", "pg_stats_ext_exprs"))
    with owner_connection(), transaction.atomic():
        assert migrated() == "Any municipality may read pg_stats: run infra/postgres/database.sql again.\n"
        transaction.set_rollback(True)


def test_migrating_takes_from_everybody_what_fills_the_disk(owner_connection: Connected) -> None:
    with owner_connection(), transaction.atomic(), connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"GRANT CREATE, TEMPORARY ON DATABASE {name} TO PUBLIC")
        migrated()
        cursor.execute("SELECT has_database_privilege('public', current_database(), 'CREATE, TEMPORARY')")
        assert cursor.fetchone() == (False,)
        transaction.set_rollback(True)


def test_migrating_a_database_that_was_prepared_says_nothing(owner_connection: Connected) -> None:
    with owner_connection(), transaction.atomic():
        assert migrated() == ""
        transaction.set_rollback(True)
