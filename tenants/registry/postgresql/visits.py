"""Where a connection has been, and when that is enough.

What a backend of PostgreSQL has read of a table, of its columns and indexes, stays in its memory until the
connection ends: of a municipality some hundreds of kilobytes. Nothing but its end gives that back.
"""

from __future__ import annotations

from random import randint


class Visits:
    """The schemas that one connection was in."""

    def __init__(self, most: int) -> None:
        # Those that go round together would else end together, and all be slow at once.
        self._most = randint(most - most // 4, most)  # noqa: S311  # no secret
        self._schemas: set[str] = set()

    def add(self, schema: str) -> None:
        self._schemas.add(schema)

    @property
    def are_enough(self) -> bool:
        """Whether the connection should end as soon as nobody waits for it."""
        return len(self._schemas) > self._most
