"""A payment was made in the past (x-zrc-a1; no number in the standard)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation

LEEWAY = timedelta(seconds=60)
"""How far the clocks of two systems may differ."""


def paid_in_the_past(write: Write) -> Iterator[Violation]:
    """``laatsteBetaaldatum`` does not lie ahead."""
    moment = write.data.get("laatste_betaaldatum")
    if moment is not None and moment > write.caller.now + LEEWAY:
        yield Violation("laatsteBetaaldatum", "future_not_allowed", "Deze datum ligt in de toekomst.")
