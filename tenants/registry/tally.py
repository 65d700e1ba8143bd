"""How much runs at once, counted in memory that all workers of the web share.

Each worker writes a row of its own, so that no lock between processes is needed, and what a killed
worker had counted can be taken away as a whole. A column belongs to what is counted. The memory has
to be there before the workers are forked: that is why it is made when this module is imported.
"""

from __future__ import annotations

from mmap import mmap
from threading import Lock

ROWS = 64
"""Twice the workers, which are there at once while they are replaced. A cell holds 255, so do threads."""
COLUMNS = 1 << 16
"""Two names that fall on one column share a bound: of 300 municipalities, 0.7 pairs."""


class Tally:
    """Rows of workers times columns of names; in a process without workers everything is in the first row."""

    def __init__(self) -> None:
        self._cells = mmap(-1, ROWS * COLUMNS)
        self._taken: set[int] = set()
        self._row = 0
        self._lock = Lock()

    def add(self, name: object, most: int) -> bool:
        """Count one more, unless that makes more than ``most`` in all workers together.

        Added first and looked at then: two workers may both refuse the last place, never both take it.
        """
        cell = self._cell(name)
        with self._lock:
            self._cells[cell] += 1
        if self.count(name) <= most:
            return True
        self.remove(name)
        return False

    def remove(self, name: object) -> None:
        cell = self._cell(name)
        with self._lock:
            self._cells[cell] -= 1

    def count(self, name: object) -> int:
        """In all workers."""
        start = self._column(name) * ROWS
        return sum(self._cells[start : start + ROWS])

    # What follows is for the master of the workers, which knows which of them live.

    def free_row(self) -> int:
        """A row for a worker that is about to be forked."""
        row = min(set(range(ROWS)) - self._taken)
        self._taken.add(row)
        return row

    def count_in(self, row: int) -> None:
        """In the worker itself: from here on its counts are in this row."""
        self._row = row

    def give_up(self, row: int) -> None:
        """The worker of this row is gone, and what it counted with it."""
        self._cells[row::ROWS] = bytes(COLUMNS)
        self._taken.discard(row)

    def _cell(self, name: object) -> int:
        return self._column(name) * ROWS + self._row

    @staticmethod
    def _column(name: object) -> int:
        # Salted by Python, and the same in all that were forked from one master.
        return hash(name) % COLUMNS


tally = Tally()
