"""ztc-008: the afleidingswijze decides whether the life of the procesobject counts."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.brondatum import PROCESTERMIJN, misfit
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


@rule
def procestermijn_fits(write: Write) -> Iterator[Violation]:
    """``procestermijn``."""
    yield from misfit(write, PROCESTERMIJN)
