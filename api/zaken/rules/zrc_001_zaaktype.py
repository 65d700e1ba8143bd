"""zrc-001: a zaak is of a real, published zaaktype; it may get another one later."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


@rule
def zaaktype_published(write: Write) -> Iterator[Violation]:
    """A concept cannot be used yet; that the URL is a zaaktype's has been seen already."""
    zaaktype = write.data.get("zaaktype")
    if zaaktype is not None and zaaktype.concept:
        yield Violation("zaaktype", "not-published", "Het zaaktype is nog niet gepubliceerd.")
