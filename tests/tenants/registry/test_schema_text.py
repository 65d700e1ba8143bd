"""A schema from text is the schema that the migrations make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.migrations.executor import MigrationExecutor

from tenants.registry import schema_text
from tenants.registry.connection import connection
from tenants.registry.models import SchemaText
from tenants.registry.names import role_name
from tenants.registry.provisioning import provision_schema
from tenants.registry.schema_text import TEMPLATE, execute_text, hash_of_migrations, renew_text
from tenants.registry.schemas import make_schema, migrate_schema, schema_exists

Connected = Callable[[], AbstractContextManager[None]]

BY_TEXT, BY_MIGRATIONS = "by_text", "by_migrations"

# What there is to see of a schema, each without the name of the schema and of its role.
INVENTORIES = {
    "columns": "SELECT table_name, column_name, ordinal_position, data_type, udt_schema, udt_name,"
    " character_maximum_length, is_nullable, column_default, is_identity, identity_generation"
    " FROM information_schema.columns WHERE table_schema = %(schema)s",
    "constraints": "SELECT conrelid::regclass::text, conname, contype, condeferrable, condeferred,"
    " convalidated, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = %(schema)s::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = %(schema)s",
    "grants": "SELECT relname, relkind, relacl::text FROM pg_class"
    " WHERE relnamespace = %(schema)s::regnamespace AND relkind IN ('r', 'S', 'v', 'm', 'p')",
    "default privileges": "SELECT defaclobjtype, defaclacl::text FROM pg_default_acl"
    " WHERE defaclnamespace = %(schema)s::regnamespace",
    "sequences": "SELECT sequencename, start_value, increment_by, last_value FROM pg_sequences"
    " WHERE schemaname = %(schema)s AND sequencename <> 'django_migrations_id_seq'",
    "functions and triggers": "SELECT proname, prosrc FROM pg_proc"
    " WHERE pronamespace = %(schema)s::regnamespace UNION ALL"
    " SELECT tgname, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger"
    " JOIN pg_class ON pg_class.oid = tgrelid"
    " WHERE relnamespace = %(schema)s::regnamespace AND NOT tgisinternal",
}


@pytest.fixture
def owner(owner_connection: Connected) -> Iterator[None]:
    with owner_connection(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def inventory(query: str, schema: str) -> set[tuple[Any, ...]]:
    role = role_name(connection.settings_dict["NAME"], schema)
    with connection.cursor() as cursor:
        cursor.execute(query, {"schema": schema})
        return {
            tuple(
                plain(each.replace(role, "ROLE").replace(schema, "SCHEMA")) if isinstance(each, str) else each
                for each in row
            )
            for row in cursor.fetchall()
        }


def plain(definition: str) -> str:
    """Without casts and brackets: PostgreSQL writes a condition that it has read back with more of them."""
    return re.sub(r"::(?:text|character varying)|[()\[\]]", "", definition)


def rows(schema: str, table: str, columns: str) -> set[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {schema}.{table}")  # noqa: S608  # names of the test itself
        return set(cursor.fetchall())


@pytest.fixture
def both(owner: None) -> None:
    """A schema by text, and one by migrations."""
    assert SchemaText.objects.filter(of_migrations=hash_of_migrations()).exists()
    provision_schema(BY_TEXT)
    SchemaText.objects.all().delete()
    provision_schema(BY_MIGRATIONS)


def test_both_ways_give_the_same(both: None) -> None:
    """One test of all: a schema by migrations takes long."""
    by_migrations = {name: inventory(query, BY_MIGRATIONS) for name, query in INVENTORIES.items()}
    by_text = {name: inventory(query, BY_TEXT) for name, query in INVENTORIES.items()}
    tables = {row[0] for row in by_migrations["columns"]} - {"django_migrations"}
    counts = {
        schema: {table: rows(schema, table, "count(*)") for table in tables}
        for schema in (BY_TEXT, BY_MIGRATIONS)
    }

    assert {
        name: found ^ by_migrations[name] for name, found in by_text.items() if found != by_migrations[name]
    } == {}
    assert [name for name, found in by_migrations.items() if not found] == []
    assert counts[BY_TEXT] == counts[BY_MIGRATIONS]
    assert rows(BY_TEXT, "django_migrations", "app, name") == rows(
        BY_MIGRATIONS, "django_migrations", "app, name"
    )


def test_a_schema_by_text_has_nothing_left_to_migrate(owner: None) -> None:
    provision_schema(BY_TEXT)
    before = inventory(INVENTORIES["columns"], BY_TEXT)
    connection.set_schema(BY_TEXT, include_public=False)

    executor = MigrationExecutor(connection)

    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    connection.set_schema_to_public()
    migrate_schema(BY_TEXT)
    assert inventory(INVENTORIES["columns"], BY_TEXT) == before


def test_a_next_migration_of_a_schema_by_text_is_recorded(owner: None) -> None:
    provision_schema(BY_TEXT)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {BY_TEXT}.django_migrations (app, name, applied) VALUES ('a', 'b', now())"  # noqa: S608
        )

    assert (
        len(rows(BY_TEXT, "django_migrations", "id")) == len(rows("haarlem", "django_migrations", "id")) + 1
    )


@pytest.mark.parametrize("schema", ["order", "user", "table", "x" * 40])
def test_a_schema_may_have_the_name_of_a_word_of_sql(owner: None, schema: str) -> None:
    assert provision_schema(schema)


def test_a_stale_text_is_not_executed(owner: None) -> None:
    SchemaText.objects.update(of_migrations="of before")
    make_schema("stale")

    assert not execute_text("stale")


def test_with_a_stale_text_a_schema_is_migrated(owner: None) -> None:
    SchemaText.objects.update(of_migrations="of before", text="not even SQL")

    provision_schema(BY_MIGRATIONS)

    assert rows(BY_MIGRATIONS, "django_migrations", "app, name") == rows(
        "haarlem", "django_migrations", "app, name"
    )


def test_another_migration_is_another_hash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = hash_of_migrations()
    added = tmp_path / "0099_more.py"
    added.write_text("")
    present = list(schema_text._migrations())

    monkeypatch.setattr(schema_text, "_migrations", lambda: [*present, added])

    assert hash_of_migrations.__wrapped__() != before


def test_without_pg_dump_there_is_no_text(owner: None, monkeypatch: pytest.MonkeyPatch) -> None:
    SchemaText.objects.all().delete()
    monkeypatch.setenv("PATH", "")

    assert not renew_text()


def test_the_template_is_gone_and_its_name_with_it(owner: None) -> None:
    provision_schema(BY_TEXT)

    seen = {row for query in INVENTORIES.values() for row in inventory(query, BY_TEXT)}
    assert not schema_exists(TEMPLATE)
    assert [row for row in seen if TEMPLATE in str(row)] == []


def test_a_text_that_holds_is_not_made_again(owner: None) -> None:
    SchemaText.objects.update(text="kept")

    assert renew_text()
    assert SchemaText.objects.get().text == "kept"
