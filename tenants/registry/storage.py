"""Where the files of a municipality lie: storages by alias, each confined to the municipality's own prefix.

An alias is a member of ``STORAGES`` whose option ``alias`` is its own name. ``default`` is there always;
letters, annexes and attachments are in it. Contents of documents are where their row says, and new ones go
to the storage that their municipality has at present.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, cast, runtime_checkable

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages

from tenants.registry.context import current_municipality

DEFAULT = "default"
PIECE = 1024 * 1024
"""Bytes that are in memory at once while a file is read."""
LONGEST_NAME = 300
SEGMENT = r"[A-Za-z0-9][A-Za-z0-9._-]*"
NAME = re.compile(rf"{SEGMENT}(?:/{SEGMENT})*")
"""What a file may be called: no segment is empty or begins with a point, and every letter has one form."""
SLICE = re.compile(rf"({NAME.pattern})@([0-9]{{1,18}})\+([0-9]{{1,18}})")
ACCEL = "/_opslag"
"""Below this the front finds the storages, by alias; nobody outside can ask there."""
SIGNED_SECONDS = 60
"""How long a signed address is good for."""


class UnknownStorage(LookupError):
    """The settings name no storage of municipalities by this alias."""


class StorageSilent(OSError):
    """The storage does not answer, or takes nothing more, as a disk that is full."""


@dataclass(frozen=True, slots=True)
class Lying:
    """A file that is there."""

    name: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Slice:
    """Bytes within a file, by a name of their own: ``<name>@<begin>+<size>``. No file can be called so."""

    name: str
    begin: int
    size: int

    def __str__(self) -> str:
        return f"{self.name}@{self.begin}+{self.size}"


class MunicipalStorage(Protocol):
    """What each kind of storage does, inside a municipality, beside what Django asks of one.

    A name is relative to the municipality's own prefix. One that is no such name, or leads out of it,
    raises SuspiciousFileOperation; outside a municipality MunicipalityRequired is raised. What fails
    otherwise is StorageSilent.
    """

    alias: str

    def keep(self, name: str, pieces: Iterable[bytes], *, is_settled: bool = True) -> int:
        """The size by the storage's own account; the bytes survive the end of the machine from here on.

        Unless they need not be ``is_settled``: then ``settle`` follows. Raises FileExistsError where the name
        was used. Whatever goes wrong, nothing stays under the name.
        """
        ...

    def settle(self, names: Collection[str]) -> None:
        """What was kept under these survives the end of the machine from here on; it waits for them together.

        Raises FileNotFoundError.
        """
        ...

    def pieces(self, name: str) -> Iterator[bytes]:
        """Raises FileNotFoundError, before the first piece is asked for."""
        ...

    def exists(self, name: str) -> bool: ...

    def size(self, name: str) -> int:
        """Raises FileNotFoundError."""
        ...

    def delete(self, name: str) -> None:
        """What is not there is gone already."""
        ...

    def every(self, folder: str) -> Iterator[Lying]:
        """All that lies below a folder, however deep; nothing where there is no such folder."""
        ...

    def local_path(self, name: str) -> Path | None:
        """Where it is on this machine's disks; None for what is elsewhere."""
        ...

    def accel(self, name: str) -> str:
        """What ``X-Accel-Redirect`` says to have the front send the file."""
        ...

    def signed_url(self, name: str, *, disposition: str) -> str | None:
        """An address of the storage itself, good for a minute; None where it has none.

        ``disposition`` is how it is to be saved, as ``Content-Disposition`` has it: an attachment, always.
        """
        ...


@runtime_checkable
class SlicedStorage(MunicipalStorage, Protocol):
    """One whose files can be written in slices, in any order; ``pieces`` reads a slice by its name."""

    def keep_slice(self, kept: Slice, pieces: Iterable[bytes]) -> int:
        """How many bytes it wrote there, which survive the end of the machine from here on.

        Nobody else writes there meanwhile, and ``pieces`` are no more than the slice is long: both are the
        caller's to see to. Whatever goes wrong leaves bytes there that are nothing.
        """
        ...


def slice_named(name: str) -> Slice | None:
    """What this name stands for, where it is that of a slice."""
    found = SLICE.fullmatch(name)
    return Slice(found[1], int(found[2]), int(found[3])) if found else None


def storage_aliases() -> list[str]:
    """Every storage in which files of municipalities can be."""
    return [
        alias for alias, given in settings.STORAGES.items() if given.get("OPTIONS", {}).get("alias") == alias
    ]


def storage_of(alias: str) -> MunicipalStorage:
    """Raises UnknownStorage."""
    if alias not in storage_aliases():
        raise UnknownStorage(f"No storage of municipalities is called {alias!r}.")
    return cast(MunicipalStorage, storages[alias])


def current_alias() -> str:
    """Where the municipality that one is in has new contents put."""
    return current_municipality().storage


def checked(name: str) -> str:
    """The name as it came. Raises SuspiciousFileOperation."""
    if len(name) > LONGEST_NAME or NAME.fullmatch(name) is None:
        raise SuspiciousFileOperation("This is no name of a file in a municipality's storage.")
    return name
