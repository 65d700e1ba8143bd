"""Unlocking completes an upload: the parts become the content, or the document stays as it is.

Merging takes as long as copying, so it is done before the transaction; in it the parts have to be the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.documenten import locks
from api.documenten.content.rows import keep, let_go
from api.documenten.content.writing import merge
from api.documenten.models import BestandsDeel, EnkelvoudigInformatieObject
from api.documenten.parts import take_away
from api.documenten.rules.drc_009_vergrendelen import is_forced
from api.documenten.rules.inhoud import CONTENT, INHOUD, OMVANG, is_pending
from api.pipeline.declare.write import Write, fact
from api.pipeline.words.refusals import Conflict
from api.pipeline.words.violations import OBJECT, Violation

MERGED = "merged"


def upload_is_complete(write: Write) -> Iterator[Violation]:
    """Every part came; by force what did not come is given up."""
    document = write.instance
    if not is_pending(document) or is_forced(write):
        return
    came = [part.inhoud_id is not None for part in parts_of(write)]
    if not any(came):
        yield Violation(OBJECT, "file-size", "Er is nog niets van de inhoud ontvangen.")
    elif not all(came):
        yield Violation(OBJECT, "incomplete-upload", "Nog niet alle bestandsdelen zijn ontvangen.")


def merge_parts(write: Write) -> None:
    """An effect outside the transaction: all parts after each other, as one content."""
    parts = parts_of(write)
    if not _are_complete(parts):
        return
    content = [part.inhoud for part in parts if part.inhoud is not None]
    keys = tuple(each.pk for each in content)
    document: EnkelvoudigInformatieObject = write.instance
    omvang = document.bestandsomvang or 0
    write.data[CONTENT] = write.caller.asked.once((MERGED, keys), lambda: merge(content, expected=omvang))


def settle_unlocking(write: Write) -> None:
    """An effect on what is saved: the content where it is complete, and no lock.

    Raises ``Conflict`` where a part came in the meantime.
    """
    write.data |= locks.no_lock()
    merged = write.data.pop(CONTENT, None)
    parts = parts_of(write)
    if not _are_complete(parts):
        if merged is not None:
            raise Conflict
        if is_pending(write.instance):
            write.data[OMVANG] = None
        return
    keys = tuple(part.inhoud_id for part in parts)
    if merged is None or write.caller.asked.answers.get((MERGED, keys)) is not merged:
        raise Conflict
    write.data[INHOUD] = keep(merged)


def clear_parts(write: Write) -> None:
    """An effect: the parts have done their work; what only they pointed at goes."""
    let_go(take_away(write.instance))


@fact
def parts_of(write: Write) -> list[BestandsDeel]:
    """Of the document, in order, with their content."""
    if not is_pending(write.instance):
        return []
    return list(write.instance.bestandsdelen.select_related("inhoud").order_by("volgnummer"))


def _are_complete(parts: list[BestandsDeel]) -> bool:
    return bool(parts) and all(part.inhoud_id is not None for part in parts)
