"""Members of a representation whose value is no column of their row."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.db.models import Model

from api.pipeline.declare.write import Write


class StoredAfter(ABC):
    """A member that is stored once the row has been saved."""

    attribute: str

    def settled(self, write: Write, value: Any) -> Any:
        """What is to be stored of a value that a client gave, now that the row is locked."""
        return value

    @abstractmethod
    def store(self, write: Write, value: Any) -> None:
        """Keep the value."""

    def store_new(self, write: Write, value: Any) -> list[Model]:
        """Keep the value of a row that was just made; or the rows that, inserted, keep it."""
        self.store(write, value)
        return []
