"""ztc-007: the afleidingswijze decides whether the brondatum stands in a registration elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.brondatum import REGISTRATIE, misfit
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


@rule
def registratie_fits(write: Write) -> Iterator[Violation]:
    """``registratie``."""
    yield from misfit(write, REGISTRATIE)
