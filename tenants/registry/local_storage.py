"""Files on a disk of the deployment, in a directory for each municipality."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from io import FileIO
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from tenants.registry.context import current_municipality
from tenants.registry.storage import (
    ACCEL,
    DEFAULT,
    PIECE,
    Lying,
    Slice,
    StorageSilent,
    checked,
    slice_named,
)

SETTLING = 8
"""How many files are forced to the disk at once."""
UNDER_WAY = "bezig"
"""Where a file is until it is whole."""


class LocalStorage(FileSystemStorage):
    """Below ``root``, which is MEDIA_ROOT where it is not given; no link leads on from there."""

    def __init__(self, *, alias: str = DEFAULT, root: str | None = None) -> None:
        super().__init__()
        self.alias = alias
        self.root = root

    @property
    def base_location(self) -> str:
        return self.location

    @property
    def location(self) -> str:
        """Raises MunicipalityRequired outside a municipality."""
        return os.path.join(os.path.realpath(self.root or settings.MEDIA_ROOT), _schema())  # noqa: PTH118  # text is what Django joins

    def path(self, name: str) -> str:
        """Raises SuspiciousFileOperation also where a link stands on the way, or in the place of the file."""
        return self._without_links(os.path.join(self.location, checked(str(name))))  # noqa: PTH118

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Of a folder that nothing was put in yet: nothing. Empty stands for all of the municipality."""
        folder = Path(self._folder(path))
        if not folder.is_dir():
            return [], []
        entries = sorted(folder.iterdir())
        return (
            [entry.name for entry in entries if entry.is_dir()],
            [entry.name for entry in entries if not entry.is_dir()],
        )

    def keep(self, name: str, pieces: Iterable[bytes], *, is_settled: bool = True) -> int:
        place = Path(self.path(name))
        with _heard():
            _make_directories(place.parent)
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
        try:
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                for piece in pieces:
                    _write(file, piece)
                if is_settled:
                    with _heard():
                        os.fsync(file.fileno())
            with _heard():
                if is_settled:
                    _settle(place.parent)
                return place.stat().st_size
        except BaseException:
            place.unlink(missing_ok=True)
            raise

    def settle(self, names: Collection[str]) -> None:
        places = [Path(self.path(name)) for name in names]
        # those that wait at the same moment are forced to the disk by one commit of its journal
        with _heard(), ThreadPoolExecutor(max_workers=SETTLING) as pool:
            for _ in pool.map(partial(_settle, kind=os.O_NOFOLLOW), places):
                """Each has to be there."""
        for directory in {place.parent for place in places}:
            with _heard():
                _settle(directory)

    def keep_slice(self, kept: Slice, pieces: Iterable[bytes]) -> int:
        place, written = Path(self.path(kept.name)), 0
        with _heard():
            _make_directories(place.parent)
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            file.seek(kept.begin)
            for piece in pieces:
                _write(file, piece)
                written += len(piece)
            with _heard():
                os.fsync(file.fileno())
                _settle(place.parent)
                return min(written, place.stat().st_size - kept.begin)

    def pieces(self, name: str) -> Iterator[bytes]:
        part = slice_named(name)
        file = Path(self.path(part.name if part else name)).open("rb", buffering=0)  # noqa: SIM115  # it ends with the last piece

        def read() -> Iterator[bytes]:
            with file:
                left = part.size if part else sys.maxsize
                file.seek(part.begin if part else 0)
                while piece := file.read(min(PIECE, left)):
                    left -= len(piece)
                    yield piece

        return read()

    def every(self, folder: str) -> Iterator[Lying]:
        own = Path(self.location)
        for directory, _, names in os.walk(self._folder(folder)):
            for name in names:
                place = Path(directory) / name
                try:
                    found = place.lstat()
                except FileNotFoundError:
                    continue  # gone meanwhile
                at = datetime.fromtimestamp(found.st_mtime, tz=UTC)
                yield Lying(place.relative_to(own).as_posix(), found.st_size, at)

    def local_path(self, name: str) -> Path:
        return Path(self.path(name))

    def accel(self, name: str) -> str:
        self.path(name)
        return f"{ACCEL}/{self.alias}/{_schema()}/{name}"

    def signed_url(self, name: str, *, disposition: str) -> None:
        """There is none: only the front gives these."""
        self.path(name)

    def _folder(self, name: str) -> str:
        return self.path(name) if name else self._without_links(self.location)

    def _without_links(self, place: str) -> str:
        if os.path.realpath(place) != place:
            raise SuspiciousFileOperation("A link stands in a municipality's storage.")
        return place


@contextmanager
def _heard() -> Iterator[None]:
    """A disk that is full, or fails, in words that all storages share."""
    try:
        yield
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError as error:
        raise StorageSilent(f"The disk answers {error.strerror}.") from error


def _write(file: FileIO, piece: bytes) -> None:
    """All of it: the system may take less at once."""
    left = memoryview(piece)
    with _heard():
        while left:
            left = left[file.write(left) :]


def _schema() -> str:
    schema: str = current_municipality().schema_name
    return schema


def _make_directories(directory: Path) -> None:
    """Those that were missing survive the end of the machine."""
    missing = []
    while not directory.is_dir():
        missing.append(directory)
        directory = directory.parent
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        _settle(each.parent)


def _settle(place: Path, kind: int = os.O_DIRECTORY) -> None:
    """What was written to the file (``O_NOFOLLOW``) or made in the directory outlives the machine's end."""
    descriptor = os.open(place, os.O_RDONLY | kind)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(name: str, content: bytes) -> None:
    """Keep it under exactly this name, inside a municipality: whoever reads finds the former or this one."""
    written = Path(default_storage.path(default_storage.save(f"{UNDER_WAY}/{uuid4()}", ContentFile(content))))
    place = Path(default_storage.path(name))
    _make_directories(place.parent)
    written.replace(place)
