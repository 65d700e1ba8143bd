"""Counters that number what a municipality registers."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import connection, models

Counter = TypeVar("Counter", bound=models.Model)

NEXT_NUMBER = """
    INSERT INTO {table} AS teller ({columns}, waarde) VALUES ({marks}, %s)
    ON CONFLICT ({columns}) DO UPDATE SET waarde = teller.waarde + EXCLUDED.waarde
    RETURNING waarde
"""


class CounterManager(models.Manager[Counter]):
    """Of a table with a row for each thing that is counted by itself: its highest number is ``waarde``."""

    def __init__(self, *columns: str) -> None:
        super().__init__()
        self.columns = columns

    def next_number(self, *counted: Any, count: int = 1) -> int:
        """The next number, from 1; of ``count`` numbers at once, the last.

        ``counted`` are the values of the columns. The row stays locked until the transaction ends: a number
        that is rolled back is given again, and two transactions never get the same one.
        """
        statement = NEXT_NUMBER.format(
            table=self.model._meta.db_table,
            columns=", ".join(self.columns),
            marks=", ".join(["%s"] * len(self.columns)),
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, (*counted, count))
            (number,) = cursor.fetchone()
        return int(number)
