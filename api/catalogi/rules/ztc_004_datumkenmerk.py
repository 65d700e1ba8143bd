"""ztc-004: the afleidingswijze decides whether the brondatum is found by a name, the datumkenmerk."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.brondatum import DATUMKENMERK, misfit
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


@rule
def datumkenmerk_fits(write: Write) -> Iterator[Violation]:
    """``datumkenmerk``."""
    yield from misfit(write, DATUMKENMERK)
