"""The parts in which large content comes: how it is cut up, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from api.documenten.models import BestandsDeel, EnkelvoudigInformatieObject
from api.pipeline.commit.inserting import insert

PART_BYTES = 100 * 1024**2
"""Of one part: what a client can hold in memory, and sends again when it failed."""

MOST_PARTS = 1024
"""Of one document: each list of documents names all of them."""


def most_in_parts(most: int) -> int:
    """How large content can be of which no part is larger than ``most``."""
    return min(most, PART_BYTES) * MOST_PARTS


def sizes(omvang: int, most: int) -> Iterator[int]:
    """The sizes of the parts of content of this size, none larger than ``most``: all alike but the last."""
    each = min(most, PART_BYTES)
    while omvang > 0:
        yield min(omvang, each)
        omvang -= each


def lay_out(document: EnkelvoudigInformatieObject, *, most: int) -> None:
    """Make the parts of a document whose size is known; they are filled by uploading."""
    omvangen = sizes(document.bestandsomvang or 0, most)
    insert(
        BestandsDeel(document=document, volgnummer=number, omvang=omvang)
        for number, omvang in enumerate(omvangen, start=1)
    )


def take_away(document: EnkelvoudigInformatieObject) -> list[UUID]:
    """Delete its parts; the keys of the content that had come."""
    parts = BestandsDeel.objects.filter(document=document)
    content = [each for each in parts.values_list("inhoud", flat=True) if each is not None]
    parts.delete()
    return content
