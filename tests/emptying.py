"""Taking away what tests left that commit."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import OperationalError, connection
from psycopg2 import sql

ATTEMPTS = 5

Table = tuple[str, str]
"""A schema, and a table in it."""


def empty(tables: Iterable[Table]) -> None:
    """As the owner. Only those with rows: PostgreSQL makes files anew for each, whether or not it has any."""
    named = [sql.Identifier(*each) for each in tables]
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(" UNION ALL ").join(
                sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(place), table)
                for place, table in enumerate(named)
            )
        )
        filled = [named[place] for (place,) in cursor.fetchall()]
        if not filled:
            return
        # what refers to these belongs to the same people, or has no rows
        emptied = sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(filled))
        for attempt in range(ATTEMPTS):
            try:
                cursor.execute(emptied)
            except OperationalError:  # a request that nobody waits for any more still reads them
                if attempt == ATTEMPTS - 1:
                    raise
            else:
                break


def tables_of(schema: str, *, only: Iterable[str] | None = None) -> list[Table]:
    """All of it but what Django knows of its migrations; or those of these."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = %s"
            " AND tablename <> 'django_migrations' AND (%s::text[] IS NULL OR tablename = ANY(%s))",
            [schema, *[None if only is None else sorted(only)] * 2],
        )
        return [(name, table) for name, table in cursor.fetchall()]
