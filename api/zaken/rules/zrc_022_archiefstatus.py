"""zrc-022: a dossier is archived only when it is known what becomes of it, and when."""

from __future__ import annotations

from collections.abc import Iterator

from api.pipeline.declare.rules import rule
from api.pipeline.declare.write import Write
from api.pipeline.words.violations import Violation
from api.zaken.models.keuzes import Archiefstatus


@rule
def archived_with_nominatie_and_date(write: Write) -> Iterator[Violation]:
    """Another archiefstatus than ``nog_te_archiveren`` needs an archiefnominatie and -actiedatum."""
    if write.value("archiefstatus") == Archiefstatus.NOG_TE_ARCHIVEREN:
        return
    if not write.value("archiefnominatie"):
        yield Violation("archiefnominatie", "archiefnominatie-not-set", "De archiefnominatie is niet gezet.")
    if not write.value("archiefactiedatum"):
        yield Violation(
            "archiefactiedatum", "archiefactiedatum-not-set", "De archiefactiedatum is niet gezet."
        )
