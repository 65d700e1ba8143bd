"""Where relations with documents are kept: the house of each kind of object tells whether there is one.

A house above this one registers what it keeps when it is loaded; here nobody knows of zaken or besluiten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class Source(Protocol):
    """Who keeps the relations of objects of one kind."""

    def relates(self, objekt: UUID, document: UUID) -> bool:
        """Whether the object has the document."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """Of which resource the objects of a kind are, by its place."""

    api: str
    path: str


KINDS = {"zaak": Kind("zaken", "zaken"), "besluit": Kind("besluiten", "besluiten")}
"""By ``objectType``. A verzoek lives in no API of the municipality."""

_sources: dict[str, Source] = {}


def register(object_type: str, source: Source) -> None:
    """From now on this source tells of objects of the type."""
    _sources[object_type] = source


def source_of(object_type: str) -> Source | None:
    """Who tells of objects of the type; ``None`` while nobody keeps relations of them."""
    return _sources.get(object_type)
