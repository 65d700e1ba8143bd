"""zrc-010: a communicatiekanaal is a URL where one is found, of the referentielijsten."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline import outgoing
from api.pipeline.rules import rule
from api.pipeline.violations import Violation
from api.pipeline.write import Write

MEMBERS = frozenset(("url", "naam", "omschrijving"))
REASONS = {
    "bad-url": "De URL van het communicatiekanaal bestaat niet of is niet bereikbaar.",
    "invalid-resource": "De URL wijst niet naar een communicatiekanaal.",
}


@rule("zrc-010")
def communicatiekanaal_found(write: Write) -> Iterator[Violation]:
    """Answers 200 with an object that has a url, naam and omschrijving."""
    url = write.data.get("communicatiekanaal")
    if not url:
        return
    code = outgoing.problem_with(url, write.caller.municipality, MEMBERS)
    if code is not None:
        yield Violation("communicatiekanaal", code, REASONS[code])
