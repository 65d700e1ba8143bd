"""The organisations around a zaak are known by their RSIN (x-zrc-a3, x-gen-15)."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.rsin import problems_with_rsin
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


def valid_organisations(write: Write) -> Iterator[Violation]:
    """Each that is given is nine digits and passes the eleven test."""
    yield from problems_with_rsin(write, "bronorganisatie")
    yield from problems_with_rsin(write, "verantwoordelijkeOrganisatie", "verantwoordelijke_organisatie")
    yield from problems_with_rsin(write, "opdrachtgevendeOrganisatie", "opdrachtgevende_organisatie")
