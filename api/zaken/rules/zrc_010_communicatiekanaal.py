"""zrc-010: a communicatiekanaal is a URL where one is found, of the referentielijsten."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.validate.outgoing import Unusable
from api.pipeline.words.violations import Violation
from api.selectielijst.lookup import Kind, found

REASONS = {
    "bad-url": "De URL van het communicatiekanaal bestaat niet of is niet bereikbaar.",
    "invalid-resource": "De URL wijst niet naar een communicatiekanaal.",
}


@rule
def communicatiekanaal_found(write: Write) -> Iterator[Violation]:
    """Stands in the list here, or is answered elsewhere with a url, naam and omschrijving."""
    url = write.data.get("communicatiekanaal")
    if not url:
        return
    try:
        found(Kind.COMMUNICATIEKANAAL, url, write.caller)
    except Unusable as unusable:
        yield Violation("communicatiekanaal", unusable.code, REASONS[unusable.code])
