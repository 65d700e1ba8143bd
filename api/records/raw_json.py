"""JSON text that PostgreSQL checks and keeps as it was written; Python never parses it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler


class RawJSONField(models.TextField):  # type: ignore[type-arg]  # generic in the stubs only
    """Column type ``json`` (not ``jsonb``, which reorders keys); the Python value is JSON text."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "json"

    def select_format(self, compiler: SQLCompiler, sql: str, params: Any) -> tuple[str, Any]:
        # psycopg2 parses a json column on its own; as text it stays what it is.
        return f"{sql}::text", params

    def get_placeholder(self, value: Any, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> str:
        return "%s::json"
