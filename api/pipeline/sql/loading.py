"""Rows in bulk: what COPY reads, written without a model in between.

An instance of a model costs many times what PostgreSQL needs to take in its row, and what gives rows by the
million knows their columns anyhow. The database still sees to constraints, generated columns and identities.
For commands only: while rows go in, no wait for PostgreSQL ends by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, cached_property
from io import StringIO
from itertools import groupby
from os import urandom
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction

from tenants.registry.context import current_municipality, in_municipality
from tenants.registry.models import Municipality
from tenants.registry.postgresql.waiting import waiting_without_end

NULL = r"\N"
YEAR = 365
"""Days."""
READ_AT_ONCE = 1 << 20
"""Characters."""

ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class Rows:
    """Rows of one model that go in together.

    ``varying`` are the columns that :meth:`add` is given, in that order and as :func:`written` writes them;
    of the rest a row has what ``fixed`` says, or else the default of the field. No signal is sent.
    """

    def __init__(self, model: type[models.Model], *varying: str, **fixed: Any) -> None:
        self._table = model._meta.db_table
        columns = {field.column: field for field in model._meta.concrete_fields if _is_given(field)}
        rest = [column for column in columns if column not in varying]
        self._columns = (*varying, *rest)
        values = [_of_column(columns[column], fixed.get(column)) for column in rest]
        self._end = "".join(f"\t{value}" for value in values) + "\n"
        self._lines: list[str] = []

    def add(self, *values: str) -> None:
        """One row more, which :meth:`store` stores."""
        self._lines.append("\t".join(values) + self._end)

    def store(self) -> None:
        """All rows that were added, in one statement; then there are none."""
        if not self._lines:
            return
        with connection.wrap_database_errors, connection.cursor() as cursor, waiting_without_end():
            cursor.copy_expert(self._statement, StringIO("".join(self._lines)), READ_AT_ONCE)
        self._lines.clear()

    @cached_property
    def _statement(self) -> str:
        quoted = connection.ops.quote_name
        return f"COPY {quoted(self._table)} ({', '.join(map(quoted, self._columns))}) FROM STDIN"


def numbered_by_year(
    days: Iterable[date], last_of: Callable[[int, int], int], written: Callable[[int, int], str]
) -> Iterator[str]:
    """A number for each of these days, which are in order, of its own year; others go on where they end.

    ``last_of(year, count)`` takes so many numbers of a year, and gives the last.
    """
    for year, within in groupby(days, key=lambda day: day.year):
        count = len(list(within))
        last = last_of(year, count)
        yield from (written(year, number) for number in range(last - count + 1, last + 1))


def analyze_once_committed(*loaded: type[models.Model]) -> None:
    """Let PostgreSQL count the rows: at once, or after the transaction that this happens in.

    Within it the locks of one table would be held while the next is waited for.
    """
    municipality = current_municipality()
    transaction.on_commit(lambda: _analyze(municipality, loaded))


def written(value: Any) -> str:
    """A value as COPY reads it: a text, a number, a day, a moment, yes or no, or none of them."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).translate(ESCAPED)


def written_json(value: Any) -> str:
    """What a column of jsonb holds."""
    return written(json.dumps(value, ensure_ascii=False))


def written_array(values: list[str]) -> str:
    """What an array of texts holds."""
    return written("{" + ",".join(_quoted(value) for value in values) + "}")


@cache
def written_day(day: date) -> str:
    """The same few days come again and again."""
    return day.isoformat()


def written_moment(day: date, minute: int) -> str:
    """A minute of a day in Europe/Amsterdam."""
    return f"{written_day(day)} {minute // 60}:{minute % 60:02d} Europe/Amsterdam"


def new_uuid() -> str:
    """A random one (version 4); making a ``UUID`` of it takes longer."""
    digits = urandom(16).hex()
    return f"{digits[:12]}4{digits[13:16]}a{digits[17:]}"


def _analyze(municipality: Municipality, loaded: Iterable[type[models.Model]]) -> None:
    with in_municipality(municipality), connection.cursor() as cursor:
        for model in loaded:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _quoted(value: str) -> str:
    inside = value.replace("\\", r"\\").replace('"', r"\"")
    return f'"{inside}"'


def _is_given(field: models.Field[Any, Any]) -> bool:
    """Whether a row says it; what the database says by itself, it gives back."""
    return not field.db_returning  # type: ignore[attr-defined]  # the stubs have it of some


def _of_column(field: models.Field[Any, Any], fixed: Any) -> str:
    value = field.get_default() if fixed is None else fixed
    if isinstance(field, models.JSONField) and value is not None:
        return written_json(value)
    if isinstance(field, ArrayField) and value is not None:
        return written_array(value)
    return written(value)
