"""Expressions with which PostgreSQL writes JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Expression, F, JSONField, QuerySet, Subquery, TextField
from django.db.models.sql.compiler import SQLCompiler

from api.pipeline.sql.bounded import MOST_ROWS, bounded

_EMPTY = "'[]'::json"


class Row(Expression):
    """A JSON object of named members, in order, nulls included.

    Compiles to ``(SELECT row_to_json(r) FROM (SELECT e1 AS "a", …) r)``: it nests anywhere, takes
    any number of members and cannot clash with the names of a model's fields.
    """

    def __init__(self, members: Mapping[str, Any]) -> None:
        super().__init__(output_field=JSONField())
        self.names = list(members)
        self.members = [_expression(member) for member in members.values()]

    def get_source_expressions(self) -> list[Any]:
        return self.members

    def set_source_expressions(self, exprs: Any) -> None:
        self.members = list(exprs)

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        columns: list[str] = []
        params: list[Any] = []
        for name, member in zip(self.names, self.members, strict=True):
            sql, member_params = compiler.compile(member)
            columns.append(f"{sql} AS {connection.ops.quote_name(name)}")
            params += member_params
        return f"(SELECT row_to_json(r) FROM (SELECT {', '.join(columns)}) r)", params


class PresentRow(Row):
    """A JSON object that leaves out the members that are NULL, of a bounded size; the form of ``_expand``."""

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        values: list[str] = []
        params: list[Any] = []
        for name, member in zip(self.names, self.members, strict=True):
            sql, member_params = compiler.compile(member)
            values.append(f"(%s::text, ({sql})::json)")
            params += [name, *member_params]
        present = bounded("json_object_agg(e.k, e.v) FILTER (WHERE e.v IS NOT NULL)", "'{}'::json", "e.v")
        # without the offset a single value would take the place of its name, and be made twice
        return f"(SELECT {present} FROM (VALUES {', '.join(values)} OFFSET 0) AS e(k, v))", params


class JsonList(Subquery):
    """The single column of a queryset as a JSON array, in the queryset's order; never NULL."""

    template = f"COALESCE((SELECT json_agg(x.e) FROM (%(subquery)s) AS x(e)), {_EMPTY})"

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        super().__init__(queryset, output_field=JSONField())


class BoundedJsonList(JsonList):
    """Likewise, of documents that may be many or large."""

    template = f"(SELECT {bounded('json_agg(x.e)', _EMPTY, 'x.e')} FROM (%(subquery)s) AS x(e))"

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        super().__init__(queryset[:MOST_ROWS])


class Sql(Expression):
    """A template over expressions for what Django has no name for: ``Sql("{} || {}", a, b)``."""

    def __init__(self, template: str, *parts: Any, output_field: Any = None) -> None:
        super().__init__(output_field=output_field or TextField())
        self.template = template
        self.parts = [_expression(part) for part in parts]

    def get_source_expressions(self) -> list[Any]:
        return self.parts

    def set_source_expressions(self, exprs: Any) -> None:
        self.parts = list(exprs)

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        fragments: list[str] = []
        params: list[Any] = []
        for part in self.parts:
            sql, part_params = compiler.compile(part)
            fragments.append(sql)
            params += part_params
        return self.template.format(*fragments), params


def as_text(expression: Any) -> Sql:
    """Cast to text, so that psycopg2 hands the JSON over as it is."""
    return Sql("({})::text", expression)


def _expression(part: Any) -> Any:
    return F(part) if isinstance(part, str) else part
