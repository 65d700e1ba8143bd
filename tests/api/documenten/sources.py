"""A source of relations that is thrown away after the test: what zaken will be one day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest

from api.documenten import sources


class Kept:
    """The relations that there are, in memory."""

    def __init__(self) -> None:
        self.relations: set[tuple[UUID, UUID]] = set()

    def relates(self, objekt: UUID, document: UUID) -> bool:
        return (objekt, document) in self.relations


class Everything:
    """Whatever is asked about is related."""

    def relates(self, objekt: UUID, document: UUID) -> bool:
        return True


@contextmanager
def all_related() -> Iterator[None]:
    """Within, no relation lacks its source, as where whoever asks has made it there first."""
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
