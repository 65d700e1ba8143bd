"""ztc-005: the afleidingswijze decides whether the end of the procesobject may be known beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.brondatum import EINDDATUM_BEKEND, misfit
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


@rule
def einddatum_bekend_fits(write: Write) -> Iterator[Violation]:
    """``einddatumBekend``, of which false is the empty value."""
    yield from misfit(write, EINDDATUM_BEKEND)
