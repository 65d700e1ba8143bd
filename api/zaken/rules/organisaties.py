"""The organisations around a zaak are known by their RSIN (x-zrc-a3, x-gen-15)."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.rsin import problems_with_rsin
from api.pipeline.violations import Violation
from api.pipeline.write import Write


def valid_organisations(write: Write) -> Iterator[Violation]:
    """Each that is given is nine digits and passes the eleven test."""
    yield from problems_with_rsin(write, "bronorganisatie")
    yield from problems_with_rsin(write, "verantwoordelijkeOrganisatie", "verantwoordelijke_organisatie")
    yield from problems_with_rsin(write, "opdrachtgevendeOrganisatie", "opdrachtgevende_organisatie")
