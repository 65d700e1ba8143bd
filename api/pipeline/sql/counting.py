"""Counters that number what a municipality registers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

Counter = TypeVar("Counter", bound=models.Model)
Among = Callable[[Collection[str]], Iterable[str]]
"""Which of these are taken."""

MOST_AT_ONCE = 10_000
"""Of what is written out to see whether it is taken."""

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

    def next_free(
        self, *counted: Any, count: int = 1, written: Callable[[int], str], taken: Among
    ) -> list[str]:
        """The next ``count`` numbers, as they are ``written``, past those that are ``taken`` already.

        However many are taken, it asks few questions while the row is locked.
        """
        last = self.next_number(*counted, count=count)
        free = list(islice(_free(last - count + 1, count, written, taken), count))
        if passed := free[-1][0] - last:
            self.next_number(*counted, count=passed)
        return [each for _, each in free]


def _free(first: int, count: int, written: Callable[[int], str], taken: Among) -> Iterator[tuple[int, str]]:
    """From ``first`` on: ``count`` are looked at, and each time twice as many as before."""
    while True:
        block = {written(number): number for number in range(first, first + count)}
        gone = set(taken(block.keys()))
        yield from ((number, each) for each, number in block.items() if each not in gone)
        first += count
        count = min(2 * count, MOST_AT_ONCE)
