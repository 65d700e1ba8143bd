"""Values to ask for, chosen from what a municipality has: few rows have the one, most the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

SOME = 100
"""So many rows have what selects little, as near as the data come."""
SELECTIVE = 1_000
"""More is no longer little."""

COUNTED = "SELECT {value} AS value, count(*) AS rows FROM {table} WHERE {where} GROUP BY 1"
FEW = """
    SELECT value FROM ({counted}) AS counted WHERE value IS NOT NULL AND rows <= %s
    ORDER BY abs(ln(rows) - ln(%s)), value LIMIT 1
"""
MOST = "SELECT value FROM ({counted}) AS counted WHERE value IS NOT NULL ORDER BY rows DESC, value LIMIT 1"
BEYOND = """
    SELECT {value} FROM {table} WHERE {where} AND {value} IS NOT NULL ORDER BY {value} {order}
    OFFSET least(%s, (SELECT count({value}) / 2 FROM {table} WHERE {where})) LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Column:
    """Something that rows of a table have: an expression of SQL."""

    table: str
    value: str
    where: str = "true"

    def few(self) -> Any:
        """What at most ``SELECTIVE`` rows have, and about ``SOME`` if the data allow it; or ``None``."""
        return self._one(FEW, SELECTIVE, SOME)

    def most(self) -> Any:
        """What the most rows have; or ``None`` where there are none."""
        return self._one(MOST)

    def beyond(self, rows: int, *, upwards: bool) -> Any:
        """The value that so many rows lie beyond, or half of them where there are not twice as many."""
        return self._one(BEYOND, rows, order="DESC" if upwards else "ASC")

    def _one(self, text: str, *parameters: Any, **more: str) -> Any:
        named = {"table": self.table, "value": self.value, "where": self.where}
        filled = text.format(**named, **more, counted=COUNTED.format(**named))
        with connection.cursor() as cursor:
            cursor.execute(filled, parameters or None)
            row = cursor.fetchone()
        return row and row[0]
