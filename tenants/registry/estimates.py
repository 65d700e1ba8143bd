"""How many rows a table of a municipality has, as the planner has it: nothing is counted."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Func, Value

from tenants.registry.connection import connection


class EstimatedRows(Func):
    """Of this model's table in the schema of each row of the registry; null where it was never analysed."""

    template = (
        "(SELECT NULLIF(pg_class.reltuples, -1)::bigint FROM pg_class"
        " JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace"
        " WHERE (pg_namespace.nspname, pg_class.relname) = (%(expressions)s))"
    )
    output_field = models.BigIntegerField(null=True)

    def __init__(self, model: type[models.Model], schema: str = "schema_name") -> None:
        super().__init__(F(schema), Value(model._meta.db_table))


def counted(model: type[models.Model], *, exactly_below: int) -> tuple[int, bool]:
    """The number of rows in the schema that one is in, and whether it is exact: no more are counted."""
    rows: Any = model._default_manager.order_by()
    few = rows.values("pk")[:exactly_below].count()
    if few < exactly_below:
        return few, True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [model._meta.db_table]
        )
        (estimated,) = cursor.fetchone()
    return max(estimated, exactly_below), False


def sizes() -> dict[str, int]:
    """The bytes on disk of each table in the schema that one is in, with its indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class"
            " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
        )
        return dict(cursor.fetchall())
