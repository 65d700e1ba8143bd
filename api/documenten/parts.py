"""The parts in which large content comes: how it is cut up, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from api.documenten.models import BestandsDeel, EnkelvoudigInformatieObject
from api.pipeline.commit.inserting import insert

PART_BYTES = 100 * 1024**2
"""Of one part: what a client can hold in memory, and sends again when it failed."""


def sizes(omvang: int) -> Iterator[int]:
    """The sizes of the parts of content of this size: all alike but the last."""
    while omvang > 0:
        yield min(omvang, PART_BYTES)
        omvang -= PART_BYTES


def lay_out(document: EnkelvoudigInformatieObject) -> None:
    """Make the parts of a document whose size is known; they are filled by uploading."""
    insert(
        BestandsDeel(document=document, volgnummer=number, omvang=omvang)
        for number, omvang in enumerate(sizes(document.bestandsomvang or 0), start=1)
    )


def take_away(document: EnkelvoudigInformatieObject) -> list[UUID]:
    """Delete its parts; the keys of the content that had come."""
    parts = BestandsDeel.objects.filter(document=document)
    content = [each for each in parts.values_list("inhoud", flat=True) if each is not None]
    parts.delete()
    return content
