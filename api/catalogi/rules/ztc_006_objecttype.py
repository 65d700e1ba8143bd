"""ztc-006: the afleidingswijze decides whether the brondatum stands in an object of some type."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.brondatum import OBJECTTYPE, misfit
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


@rule
def objecttype_fits(write: Write) -> Iterator[Violation]:
    """``objecttype``."""
    yield from misfit(write, OBJECTTYPE)
