"""The folder of a municipality in which files for an import are put, and nothing outside it.

Each step of a path is opened below the one before it and never through a link, so what is put in the place of
a folder meanwhile leads nowhere either.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from tenants.registry.context import current_municipality

LONGEST_PATH = 1000
MOST_STEPS = 20
IN_ORDER = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
"""A pipe or a device is not waited for."""


class NoSuchFile(Exception):
    """There is no plain file at this path, or none that is reached without leaving the folder."""


def place() -> Path:
    """Where it is, of the municipality that one is in."""
    return Path(settings.IMPORT_ROOT) / current_municipality().schema_name


def is_there() -> bool:
    found = place()
    return found.is_dir() and not found.is_symlink()


@contextmanager
def opened(path: str) -> Iterator[tuple[BinaryIO, int]]:
    """The file at this path below the folder, and its size. Raises NoSuchFile."""
    descriptor = _descend(_steps(path))
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        raise NoSuchFile
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        yield file, found.st_size


def _steps(path: str) -> list[str]:
    steps = path.split("/")
    if len(path) > LONGEST_PATH or len(steps) > MOST_STEPS or "\0" in path:
        raise NoSuchFile
    if any(step in {"", ".", ".."} for step in steps):
        raise NoSuchFile
    return steps


def _descend(steps: list[str]) -> int:
    """An open descriptor of the last step, which is the caller's to close."""
    try:
        at = os.open(place(), IN_ORDER | os.O_DIRECTORY)
        for number, step in enumerate(steps, 1):
            way = IN_ORDER if number == len(steps) else IN_ORDER | os.O_DIRECTORY
            try:
                below = os.open(step, way, dir_fd=at)
            finally:
                os.close(at)
            at = below
    except (OSError, ValueError) as error:
        raise NoSuchFile from error
    return at
