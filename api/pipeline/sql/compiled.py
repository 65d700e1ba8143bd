"""SQL that is compiled once by Django and executed many times with other bindings.

Compiling a representation costs as much as running it, so the text is kept. What differs from
request to request stands in it as a :class:`Param`: a placeholder that knows how to take its value
from the :class:`Bindings` of a request. Nothing in a kept text names a schema or a client; two
municipalities and two applications share it safely.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Expression, Field, TextField
from django.db.models.sql.compiler import SQLCompiler

from api.clients.client import Client


@dataclass(frozen=True, slots=True)
class Bindings:
    """What one request fills in."""

    client: Client
    day: date
    """On which names are resolved to versions."""
    open_zaak_compatibility: bool
    """Whether the municipality answers as Open Zaak where that and the standard disagree."""
    tells: bool = False
    """Whether the client is told the secrets that it holds; nobody is in what is kept."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Stands in the parameters of a compiled text until it is executed."""

    name: str
    bind: Callable[[Bindings], Any]


class Param(Expression):
    """A value that only the request knows, e.g. ``Param("day", lambda b: b.day, "date", DateField())``."""

    def __init__(
        self, name: str, bind: Callable[[Bindings], Any], cast: str, output_field: Field[Any, Any]
    ) -> None:
        super().__init__(output_field=output_field)
        self.placeholder = Placeholder(name, bind)
        self.cast = cast

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        return f"%s::{self.cast}", [self.placeholder]


OPEN_ZAAK = Param(
    "open_zaak_compatibility", lambda bindings: bindings.open_zaak_compatibility, "boolean", BooleanField()
)
"""Whether the answer is as Open Zaak gives it."""

READER = Param(
    "reader", lambda bindings: bindings.client.client_id if bindings.tells else "", "text", TextField()
)
"""The id of the client that is told its secrets; empty for nobody."""


def fill(params: Sequence[Any], bindings: Bindings) -> list[Any]:
    """The parameters with each placeholder replaced by its value for this request."""
    return [value.bind(bindings) if isinstance(value, Placeholder) else value for value in params]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A piece of SQL with its parameters, some of them placeholders."""

    sql: str
    params: tuple[Any, ...]

    def __add__(self, other: Compiled) -> Compiled:
        return Compiled(f"{self.sql} {other.sql}", self.params + other.params)

    def rows(self, bindings: Bindings) -> list[tuple[Any, ...]]:
        """Execute on the current municipality's connection."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, fill(self.params, bindings))
            return cursor.fetchall()


def compile_queryset(queryset: Any) -> Compiled:
    """Let Django write the SQL of a queryset, once."""
    sql, params = queryset.query.get_compiler(connection=connection).as_sql()
    return Compiled(sql, tuple(params))
