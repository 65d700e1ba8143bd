"""drc-001: a document is of a published informatieobjecttype; it may get another later on.

That its URL can be fetched and leads to an informatieobjecttype was seen when the body was read.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


@rule
def informatieobjecttype_published(write: Write) -> Iterator[Violation]:
    """Otherwise ``not-published``."""
    informatieobjecttype = write.data.get("informatieobjecttype")
    if informatieobjecttype is not None and informatieobjecttype.concept:
        yield Violation(
            "informatieobjecttype", "not-published", "Het informatieobjecttype is nog niet gepubliceerd."
        )
