"""Files on a disk of the deployment, in a directory for each municipality."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage

from tenants.registry.context import current_municipality
from tenants.registry.storage import ACCEL, DEFAULT, PIECE, Lying, StorageSilent, checked


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

    def keep(self, name: str, pieces: Iterable[bytes]) -> int:
        place = Path(self.path(name))
        with _heard():
            _make_directories(place.parent)
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
        try:
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                for piece in pieces:
                    _write(file, piece)
                with _heard():
                    os.fsync(file.fileno())
            with _heard():
                _settle(place.parent)
                return place.stat().st_size
        except BaseException:
            place.unlink(missing_ok=True)
            raise

    def pieces(self, name: str) -> Iterator[bytes]:
        file = Path(self.path(name)).open("rb", buffering=0)  # noqa: SIM115  # it ends with the last piece

        def read() -> Iterator[bytes]:
            with file:
                while piece := file.read(PIECE):
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


def _settle(directory: Path) -> None:
    """What was made in it survives the end of the machine."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
