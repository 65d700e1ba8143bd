"""What holds for a zaaktype beyond the numbered rules (x-ztc-03)."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.violations import Violation
from api.pipeline.write import Write


def verlengingstermijn_fits(write: Write) -> Iterator[Violation]:
    """A term for extension only where extension is possible."""
    if write.value("verlengingstermijn") and not write.value("verlenging_mogelijk"):
        yield Violation(
            "verlengingstermijn", "verlenging-mismatch", "Verlenging is bij dit zaaktype niet mogelijk."
        )
