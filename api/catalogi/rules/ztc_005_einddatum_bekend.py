"""ztc-005: the afleidingswijze decides whether the end of the procesobject may be known beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.brondatum import EINDDATUM_BEKEND, misfit
from api.pipeline.rules import rule
from api.pipeline.violations import Violation
from api.pipeline.write import Write


@rule
def einddatum_bekend_fits(write: Write) -> Iterator[Violation]:
    """``einddatumBekend``, of which false is the empty value."""
    yield from misfit(write, EINDDATUM_BEKEND)
