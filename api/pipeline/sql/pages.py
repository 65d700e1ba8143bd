"""A page of a list and how many rows the whole list has, in one statement.

A page is found in the order of an index where its rows lie close together there, which is quick however
many there are. Where they are few, or lie elsewhere, that walk would look at the whole table to find a page;
then it is quicker to take all that there are and put them in order. Which of the two it is follows from
their number, and that is known: PostgreSQL counts first, and carries out only the branch of a ``CASE`` that
it comes to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from api.pipeline.sql.compiled import Bindings, Compiled, compile_queryset

NO_KEYS = "{}"

FEW = 500
"""So many rows are put in order without looking whether they lie close together; or four times as many as the
page ends with."""

NEAR = 5_000
"""Those lie close together that are found among so many rows from the first on, and four times as many as
the page ends with."""

MANY = 50_000
"""Of rows that others point at so many are put in order, and more are walked to: whether one is pointed at is
asked of each by itself, which is too much for trying in vain."""

DEEP = 10_000
"""From so many rows on a page is walked to, from the end that is nearer."""

_TERM = re.compile(r"^(?P<column>.+?) (?P<way>ASC|DESC)(?P<nulls>(?: NULLS (?:FIRST|LAST))?)$")
_OPPOSITE = {
    "ASC": "DESC",
    "DESC": "ASC",
    "": "",
    " NULLS FIRST": " NULLS LAST",
    " NULLS LAST": " NULLS FIRST",
}


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows of a list are on the page."""

    offset: int
    size: int

    @property
    def end(self) -> int:
        return self.offset + self.size

    @property
    def deep(self) -> bool:
        return self.end > DEEP


def keys_of(rows: QuerySet[Any, Any], bindings: Bindings) -> str:
    """The keys of all rows, in their order, as PostgreSQL writes an array."""
    try:
        wanted = compile_queryset(rows.values_list("pk"))
    except EmptyResultSet:
        return NO_KEYS
    ((keys,),) = Compiled(f"SELECT ARRAY({wanted.sql})::text", wanted.params).rows(bindings)
    return str(keys)


def number_of(keys: QuerySet[Any, Any]) -> Compiled:
    """A piece of SQL that tells how many keys there are."""
    try:
        compiled = compile_queryset(keys)
    except EmptyResultSet:
        return Compiled("SELECT 0", ())
    return Compiled(f"SELECT count(*) FROM ({compiled.sql}) AS found", compiled.params)


def counted(
    rows: QuerySet[Any, Any], window: Window, bindings: Bindings, known: Compiled | None = None
) -> tuple[int, str]:
    """How many rows there are, and the keys of those in the window as PostgreSQL writes an array.

    The rows are in an order that leaves no two equal, or in that of their keys. ``known`` is a piece of SQL
    that knows how many there are; they are counted where there is none.
    """
    try:
        listed = Listed.of(rows if rows.ordered else rows.order_by("pk"))
    except EmptyResultSet:
        return 0, NO_KEYS
    ((count, keys),) = listed.statement(window, known).rows(bindings)
    return count, keys


@dataclass(frozen=True, slots=True)
class Listed:
    """The text of an ordered list, in its parts."""

    key: str
    table: str
    rest: str
    """What follows on the table: joins and conditions."""
    order: tuple[str, ...]
    params: tuple[Any, ...]
    """Those of ``rest``."""
    narrowed: bool
    """Whether some rows of the table may not be in the list."""

    @classmethod
    def of(cls, rows: QuerySet[Any, Any]) -> Listed:
        """Raises ``EmptyResultSet`` where no row can be in it."""
        compiled = compile_queryset(rows.values_list("pk"))
        body, _, order = compiled.sql.rpartition(" ORDER BY ")
        selected, _, source = body.partition(" FROM ")
        options = rows.model._meta
        table = f'"{options.db_table}"'
        assert source.startswith(table), source  # noqa: S101 - so Django begins it
        key = selected.removeprefix("SELECT ").partition(" AS ")[0]
        return cls(
            key=key,
            table=table,
            rest=source.removeprefix(table),
            # the key is selected, and is told of by its place
            order=tuple(re.sub("^1 ", f"{key} ", term) for term in order.split(", ")),
            params=compiled.params,
            narrowed=bool(rows.query.where),
        )

    @property
    def pointed_at(self) -> bool:
        """Whether rows of another table tell which are in the list."""
        return "EXISTS(" in self.rest

    def statement(self, window: Window, known: Compiled | None) -> Compiled:
        """``SELECT <count>, <keys>``."""
        count = known or self._piece(f"SELECT count(*) FROM {self.table}{self.rest}")
        given = Compiled(f"(SELECT ({count.sql}) AS n OFFSET 0) AS c", count.params)
        if window.deep:
            return _select(self._far(window), given)
        if not self.narrowed:
            return _select(self._array(self._walk(window)), given)
        every = self._array(self._sorted(window))
        if self.pointed_at:
            walk = self._array(self._walk(window))
            return _select(_choice(f"c.n > {MANY}", walk, every), given)
        near = self._near(window)
        if near is None:
            return _select(every, given)
        many = f"c.n > {max(FEW, 4 * window.end)}"
        tried = Compiled(
            f", LATERAL (SELECT CASE WHEN {many} THEN {near.sql} END AS keys OFFSET 0) AS near", near.params
        )
        found = f"cardinality(near.keys) = {window.size}"
        return _select(_choice(found, Compiled("near.keys", ()), every), given + tried)

    def _walk(self, window: Window) -> Compiled:
        """In the order of the list, as PostgreSQL sees fit."""
        return self._piece(
            f"SELECT {self.key} FROM {self.table}{self.rest} ORDER BY {', '.join(self.order)}"
            f" LIMIT {window.size} OFFSET {window.offset}"
        )

    def _sorted(self, window: Window) -> Compiled:
        """All of them, put in order."""
        columns = [_column(term) for term in self.order]
        named = ", ".join(f"{column} AS o{number}" for number, column in enumerate(columns))
        order = ", ".join(
            f"o{number}{term.removeprefix(column)}"
            for number, (term, column) in enumerate(zip(self.order, columns, strict=True))
        )
        # without the offset PostgreSQL would take the two apart, and walk all the same
        return self._piece(
            f"SELECT k FROM (SELECT {self.key} AS k, {named} FROM {self.table}{self.rest} OFFSET 0) AS every"
            f" ORDER BY {order} LIMIT {window.size} OFFSET {window.offset}"
        )

    def _near(self, window: Window) -> Compiled | None:
        """Those among the first rows of the table; ``None`` where its own columns do not give the order."""
        if not all(term.startswith(f"{self.table}.") for term in self.order):
            return None
        order = ", ".join(self.order)
        first = f"(SELECT * FROM {self.table} ORDER BY {order} LIMIT {NEAR + 4 * window.end}) AS {self.table}"
        return self._array(
            self._piece(
                f"SELECT {self.key} FROM {first}{self.rest} ORDER BY {order}"
                f" LIMIT {window.size} OFFSET {window.offset}"
            )
        )

    def _far(self, window: Window) -> Compiled:
        """From the first on, or back from the last; nothing past that."""
        there = self._array(self._walk(window))
        back = self._back(window)
        return Compiled(
            f"CASE WHEN c.n <= {window.offset} THEN '{NO_KEYS}'"
            f" WHEN c.n < {window.offset + window.end} THEN {back.sql} ELSE {there.sql} END",
            back.params + there.params,
        )

    def _back(self, window: Window) -> Compiled:
        order = ", ".join(_turned(term) for term in self.order)
        return self._piece(
            f"ARRAY(SELECT k FROM (SELECT k, row_number() OVER () AS place FROM (SELECT {self.key} AS k"
            f" FROM {self.table}{self.rest} ORDER BY {order}"
            f" LIMIT least({window.size}, c.n - {window.offset}) OFFSET greatest(0, c.n - {window.end}))"
            " AS turned) AS placed ORDER BY place DESC)"
        )

    def _array(self, keys: Compiled) -> Compiled:
        return Compiled(f"ARRAY({keys.sql})", keys.params)

    def _piece(self, sql: str) -> Compiled:
        return Compiled(sql, self.params)


def _choice(condition: str, then: Compiled, otherwise: Compiled) -> Compiled:
    """One or the other; nothing where there is nothing."""
    return Compiled(
        f"CASE WHEN c.n = 0 THEN '{NO_KEYS}' WHEN {condition} THEN {then.sql} ELSE {otherwise.sql} END",
        then.params + otherwise.params,
    )


def _select(keys: Compiled, given: Compiled) -> Compiled:
    return Compiled(f"SELECT c.n, ({keys.sql})::text FROM {given.sql}", keys.params + given.params)


def _column(term: str) -> str:
    return _parts(term)["column"]


def _turned(term: str) -> str:
    """The same column, the other way."""
    found = _parts(term)
    return f"{found['column']} {_OPPOSITE[found['way']]}{_OPPOSITE[found['nulls']]}"


def _parts(term: str) -> re.Match[str]:
    found = _TERM.match(term)
    assert found, term  # noqa: S101 - so Django writes one
    return found
