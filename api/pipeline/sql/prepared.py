"""Texts that PostgreSQL plans once per connection.

Planning the document of a zaak with its zaaktype costs several times what running it costs. The text
is prepared under a name on the connection, and executed by that name from then on. Each municipality has
names of its own: under one name for all PostgreSQL would plan anew whenever the search_path differs from the
last time. It does so in any case, so that another municipality never gets this one's tables, and asks for the
rights of the role at each execution.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import Error

from api.pipeline.sql.compiled import Bindings, Compiled, Placeholder, fill
from tenants.registry.connection import connection

KEPT_PLANS = 64
"""How many names a connection keeps; the one that was used longest ago makes room."""

KEY = Placeholder("key", lambda _: None)
"""Stands for the key of the one row that is asked for."""

_names: WeakKeyDictionary[Any, OrderedDict[tuple[Prepared, str], str]] = WeakKeyDictionary()
"""Of each connection, by text and schema."""
_lost: WeakKeyDictionary[Any, int] = WeakKeyDictionary()
"""How many plans a connection keeps that nobody can name."""
_number = count()


@dataclass(frozen=True, eq=False)
class Prepared:
    """A text; what differs from request to request is ``$1``, ``$2``, … in it."""

    sql: str
    placeholders: tuple[Placeholder, ...]

    def rows(self, bindings: Bindings, key: Any) -> list[tuple[Any, ...]]:
        """Execute for one key; the first time on a connection this also prepares, in one round trip."""
        filled = zip(self.placeholders, fill(self.placeholders, bindings), strict=True)
        values = [key if placeholder is KEY else value for placeholder, value in filled]
        marks = ", ".join(["%s"] * len(values))
        with connection.cursor() as cursor:
            names = _names.setdefault(connection.connection, OrderedDict())
            own = self, connection.schema_name
            # a name is new each time: one whose first execution failed is not used again
            name = names.get(own) or f"document_{next(_number)}"
            execute = cursor.mogrify(f"EXECUTE {name}({marks})", values).decode()
            try:
                # nothing is interpolated any more, so a percent sign is only itself
                cursor.execute(execute if own in names else f"{self._prepare(name, names)}; {execute}")
            except Error:
                if own not in names:
                    # what was prepared outlives the failure, and nobody knows its name any more
                    _lost[connection.connection] = _lost.get(connection.connection, 0) + 1
                raise
            names[own] = name
            names.move_to_end(own)
            return list(cursor.fetchall())

    def _prepare(self, name: str, names: OrderedDict[tuple[Prepared, str], str]) -> str:
        prepare = f"PREPARE {name} AS {self.sql}"
        if _lost.get(connection.connection, 0) >= KEPT_PLANS:
            names.clear()
            del _lost[connection.connection]
            return f"DEALLOCATE ALL; {prepare}"
        if len(names) < KEPT_PLANS:
            return prepare
        _, forgotten = names.popitem(last=False)
        return f"DEALLOCATE {forgotten}; {prepare}"


def prepare(compiled: Compiled) -> Prepared:
    """Make a compiled text ready; constants are written out, placeholders are numbered."""
    placeholders: list[Placeholder] = []
    first, *others = compiled.sql.split("%s")
    written = [first]
    with connection.cursor() as cursor:
        for value, following in zip(compiled.params, others, strict=True):
            if isinstance(value, Placeholder):
                placeholders.append(value)
                written.append(f"${len(placeholders)}")
            else:
                written.append(cursor.mogrify("%s", [value]).decode())
            written.append(following)
    sql = "".join(written).replace("%%", "%")
    return Prepared(sql, tuple(placeholders))
