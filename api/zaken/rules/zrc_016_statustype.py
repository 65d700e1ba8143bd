"""zrc-016: the statustype belongs to the zaaktype of the zaak."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation
from api.zaken.rules.zaaktype_mismatch import mismatch


@rule
def statustype_of_zaaktype(write: Write) -> Iterator[Violation]:
    """Otherwise ``zaaktype-mismatch``."""
    yield from mismatch(write, "statustype")
