"""All that the tables of a municipality hold, as digests: a row more, less or changed shows."""

from __future__ import annotations

from functools import cache

from django.db import connection
from psycopg2 import sql

from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality

Digests = dict[str, str]


def digests(municipality: Municipality) -> Digests:
    """A digest of the rows of each table, in one statement."""
    with in_municipality(municipality):
        return digests_of(municipality.schema_name)


def digests_of(schema: str) -> Digests:
    """The same of a schema that the connection may read now."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(schema))
        return dict(cursor.fetchall())


@cache
def _statement(schema: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
        tables = [name for (name,) in cursor.fetchall()]
        parts = [_digest_of(schema, table) for table in tables]
        return sql.SQL(" UNION ALL ").join(parts).as_string(cursor.cursor)


def _digest_of(schema: str, table: str) -> sql.Composed:
    return sql.SQL("SELECT {}, md5(string_agg(r::text, ' ' ORDER BY r::text)) FROM {} AS r").format(
        sql.Literal(f"{schema}.{table}"), sql.Identifier(schema, table)
    )
