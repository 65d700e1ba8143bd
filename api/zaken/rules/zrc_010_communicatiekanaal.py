"""zrc-010: a communicatiekanaal is a URL where one is found, of the referentielijsten."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.outgoing import Unusable
from api.pipeline.rules import rule
from api.pipeline.violations import Violation
from api.pipeline.write import Write
from api.selectielijst.lookup import Kind, find

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
        find(Kind.COMMUNICATIEKANAAL, url, write.caller.municipality)
    except Unusable as unusable:
        yield Violation("communicatiekanaal", unusable.code, REASONS[unusable.code])
