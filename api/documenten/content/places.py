"""The place of a part in what the whole content will be, which is written there once.

A storage on a disk takes parts at their place in one file, so that unlocking copies nothing. Whoever takes a
place is the only one that ever writes there: a part that comes again, or at the same moment, is kept apart,
and so is one that comes after somebody died while writing. Then all parts are copied into a new whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from api.documenten.content.writing import Damaged, Passing, Stored, write
from api.documenten.models import BestandsDeel
from tenants.registry.storage import Slice, SlicedStorage, current_alias, storage_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part may be written. Not for within a transaction: that it is taken has to stand."""

    deel: UUID
    opslag: str
    slice: Slice

    def take(self) -> bool:
        """Whether it is ours from here on."""
        return bool(BestandsDeel.objects.filter(pk=self.deel, genomen=False).update(genomen=True))

    def give_back(self) -> None:
        """What was written there is nothing, by who took it and writes no more.

        Where its row came to stand all the same, or does so at this moment, the place stays taken.
        """
        BestandsDeel.objects.filter(pk=self.deel, inhoud=None).update(genomen=False)


def place_of(deel: BestandsDeel) -> Place | None:
    """None where it is to be kept apart."""
    if not deel.key or deel.genomen or deel.opslag != current_alias():
        return None
    return Place(deel.pk, deel.opslag, Slice(deel.key, deel.vanaf, deel.omvang))


def can_place(alias: str) -> bool:
    """Whether this storage takes parts at their place."""
    return isinstance(storage_of(alias), SlicedStorage)


def write_part(pieces: Iterable[bytes], *, most: int, place: Place) -> Stored:
    """Keep a part durably: at its place, unless that is not to be had; then as any content."""
    storage, passing = storage_of(place.opslag), Passing(pieces, most)
    if not isinstance(storage, SlicedStorage) or most > place.slice.size or not place.take():
        return write(pieces, most=most)
    stored = None
    try:
        if storage.keep_slice(place.slice, passing) != passing.omvang:
            raise Damaged("A storage kept another number of bytes than it was given.")
        stored = Stored(place.opslag, str(place.slice), passing.omvang, passing.sha256, place=place)
    finally:
        if stored is None:
            place.give_back()
    return stored
