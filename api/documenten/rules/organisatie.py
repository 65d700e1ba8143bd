"""The organisation that made or received a document is known by its RSIN (x-gen-15)."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.rsin import problems_with_rsin
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


def valid_bronorganisatie(write: Write) -> Iterator[Violation]:
    """Nine digits that pass the eleven test."""
    yield from problems_with_rsin(write, "bronorganisatie")
