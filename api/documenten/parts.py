"""The parts in which large content comes: how it is cut up, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef

from api.documenten.content.places import can_place
from api.documenten.content.rows import leave
from api.documenten.content.writing import new_key
from api.documenten.models import BestandsDeel, EnkelvoudigInformatieObject, Inhoud
from api.pipeline.commit.inserting import insert
from tenants.registry.storage import current_alias

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
    omvangen = list(sizes(document.bestandsomvang or 0, most))
    opslag = current_alias()
    # a part that is all of it needs no place in anything
    key = new_key() if len(omvangen) > 1 and can_place(opslag) else ""
    insert(
        BestandsDeel(
            document=document,
            volgnummer=number,
            omvang=omvang,
            opslag=opslag if key else "",
            key=key,
            vanaf=sum(omvangen[: number - 1]),
        )
        for number, omvang in enumerate(omvangen, start=1)
    )


def take_away(document: EnkelvoudigInformatieObject) -> list[UUID]:
    """Delete its parts; the keys of the content that had come.

    What they were written into waits for its deletion, unless it is content by now.
    """
    parts = BestandsDeel.objects.filter(document=document)
    content = [each for each in parts.values_list("inhoud", flat=True) if each is not None]
    is_content = Inhoud.objects.filter(opslag=OuterRef("opslag"), key=OuterRef("key"))
    # somebody who was refused may have written there, so it is left in any case
    together = parts.exclude(key="").exclude(Exists(is_content))
    leave(together.values_list("opslag", "key").distinct())
    parts.delete()
    return content
