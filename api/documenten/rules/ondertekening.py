"""x-drc-04: a draft has not been signed."""

from __future__ import annotations

from collections.abc import Iterator

from api.documenten.rules.drc_005_ontvangen import DRAFTS
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation


def draft_is_not_signed(write: Write) -> Iterator[Violation]:
    """While the status is ``in_bewerking`` or ``ter_vaststelling`` there is no ondertekening."""
    signed = write.value("ondertekening_soort") or write.value("ondertekening_datum")
    if signed and write.value("status") in DRAFTS:
        yield Violation(
            "ondertekening", "invalid", "Wat in bewerking of ter vaststelling is, is niet ondertekend."
        )
