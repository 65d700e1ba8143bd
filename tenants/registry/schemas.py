"""Schemas as such: whether one is there, making it, and bringing its tables up to date; for the owner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from psycopg2 import sql

from tenants.registry.connection import connection


def schema_exists(schema: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_namespace WHERE nspname = %s", [schema])
        return cursor.fetchone() is not None


def make_schema(schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))


def drop_schema(schema: str) -> None:
    """With all that is in it; one that is not there is no matter."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))


def migrate_schema(schema: str) -> None:
    """Bring the tables of the tenant apps in the schema to their newest migration."""
    with _without_public(schema):
        MigrationRecorder(connection).ensure_schema()
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())


@contextmanager
def _without_public(schema: str) -> Iterator[None]:
    """In the schema alone: a table that it has not yet must not be found in public."""
    connection.set_schema(schema, include_public=False)
    try:
        yield
    finally:
        connection.set_schema_to_public()
