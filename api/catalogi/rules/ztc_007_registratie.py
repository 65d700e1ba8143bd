"""ztc-007: the afleidingswijze decides whether the brondatum stands in a registration elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from api.catalogi.brondatum import REGISTRATIE, misfit
from api.pipeline.rules import rule
from api.pipeline.violations import Violation
from api.pipeline.write import Write


@rule
def registratie_fits(write: Write) -> Iterator[Violation]:
    """``registratie``."""
    yield from misfit(write, REGISTRATIE)
