"""Whether content may stay, asked before any row points at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.documenten.content.writing import Stored


def check(stored: Stored) -> None:
    """Raises a refusal for what may not stay; everything may, while no scanner is configured."""
    del stored
