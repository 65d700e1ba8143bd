"""A version does not end before it begins (x-ztc-13; no number in the standard)."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


def einde_not_before_begin(write: Write) -> Iterator[Violation]:
    """``eindeGeldigheid`` is on or after ``beginGeldigheid``."""
    begin, einde = write.value("begin_geldigheid"), write.value("einde_geldigheid")
    if begin and einde and einde < begin:
        yield Violation("eindeGeldigheid", "date-mismatch", "De einddatum ligt voor de begindatum.")
