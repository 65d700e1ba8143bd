"""drc-005: what was received is no draft."""

from __future__ import annotations

from collections.abc import Iterator

from api.documenten.models.keuzes import Documentstatus
from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation

DRAFTS = (Documentstatus.IN_BEWERKING, Documentstatus.TER_VASTSTELLING)


@rule
def received_is_no_draft(write: Write) -> Iterator[Violation]:
    """With an ontvangstdatum the status is not ``in_bewerking`` or ``ter_vaststelling``."""
    if write.value("ontvangstdatum") and write.value("status") in DRAFTS:
        yield Violation(
            "status",
            "invalid_for_received",
            "Een ontvangen document is niet in bewerking of ter vaststelling.",
        )
