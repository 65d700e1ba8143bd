"""A source of relations that is thrown away after the test: what zaken will be one day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest

from api.documenten import sources
from api.documenten.models import ObjectInformatieObject


class Kept:
    """The relations that there are, in memory."""

    def __init__(self) -> None:
        self.relations: set[tuple[UUID, UUID]] = set()

    def relates(self, objekt: UUID, document: UUID) -> bool:
        return (objekt, document) in self.relations


class Everything:
    """Has what is not mirrored yet, and no longer what is: so each can be made, and each can go."""

    def relates(self, objekt: UUID, document: UUID) -> bool:
        mirrored = ObjectInformatieObject.objects.filter(
            informatieobject=document, object__endswith=str(objekt)
        )
        return not mirrored.exists()


@contextmanager
def all_related() -> Iterator[None]:
    """Within, whoever asks has made the relation at its source first, or ended it there."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(sources._sources, "zaak", Everything())
        yield


@contextmanager
def source_of_zaken() -> Iterator[Kept]:
    """Within, this is who tells of zaken."""
    kept = Kept()
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(sources._sources, "zaak", kept)
        yield kept
