"""Files that belong to a message: kept in the municipality's own storage, and given back as a download.

Under a name that says nothing; what somebody called it is in the row. They are never shown in a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import PurePosixPath
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse
from django.utils.module_loading import import_string

from screens.policy import protect
from tenants.registry.bsn import mask_name
from tenants.registry.context import current_municipality

LARGEST = 25_000_000
"""Bytes of one file."""
MOST = 10
"""Of one message."""
MOST_TOGETHER = 100_000_000
"""Bytes of all files of one message; the front lets through somewhat more, so that the page can say so."""
LONGEST_NAME = 255
LONGEST_ENDING = 20
UNNAMED = "bijlage"
DIRECTORY = "meldingen"
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""Categories of Unicode without a form of their own, such as marks that turn the direction of a text."""
UNKNOWN = "application/octet-stream"
TYPES = {
    ".csv": "text/csv",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".eml": "message/rfc822",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".log": "text/plain",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".txt": "text/plain",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
"""By the end of the name; what is none of these is bytes and nothing more."""
POLICY = "default-src 'none'; sandbox"


class AttachmentRefused(ValueError):
    """A sentence that says why a file is not taken."""


class Unchecked(str):
    """A verdict on a file that could not be looked through: a municipality may let it in all the same."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the storage; its row is still to be written."""

    name: str
    size: int
    content_type: str
    key: str
    masked: bool = False
    """Something was taken out of the name."""

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def clean_name(given: str) -> str:
    """What somebody called a file, without path, without what cannot be seen, and not too long."""
    last = re.split(r"[/\\]", given)[-1]
    seen = (each for each in unicodedata.normalize("NFC", last) if unicodedata.category(each) not in UNSEEN)
    name = " ".join("".join(seen).split()).lstrip(". ")
    return _shortened(name) or UNNAMED


def type_of(name: str) -> str:
    return TYPES.get(PurePosixPath(name).suffix.lower(), UNKNOWN)


def verdict_on(file: File[bytes]) -> str:
    """Why this file may not come in, empty where it may: where a check for viruses joins.

    ``HELPDESK_ATTACHMENT_CHECK`` names a function that takes the file and answers so; empty: none checks. It
    may take long: not for within a transaction.
    """
    named: str = settings.HELPDESK_ATTACHMENT_CHECK
    check: Callable[[File[bytes]], str] = import_string(named) if named else lambda _file: ""
    verdict = check(file)
    file.seek(0)
    return verdict


@contextmanager
def kept(files: Sequence[File[bytes]], verdicts: Sequence[str] = ()) -> Iterator[list[Kept]]:
    """Keep these inside the municipality; where what they belong to is not written they are gone again.

    ``verdicts`` are those on the first of them, where they were looked through before. Raises
    AttachmentRefused.
    """
    current_municipality()
    stored: list[Kept] = []
    try:
        for file, verdict in zip_longest(files, verdicts[: len(files)]):
            _refuse(verdict_on(file) if verdict is None else verdict)
            stored.append(_keep(file))  # those before one that is refused are taken away
        yield stored
    except BaseException:
        forget([each.key for each in stored])
        raise


def forget(keys: Sequence[str]) -> None:
    """Take these out of the storage of the municipality that one is in."""
    for key in keys:
        default_storage.delete(key)


def as_download(*, key: str, name: str, content_type: str) -> FileResponse:
    """The file in pieces, which a browser saves and never shows. Raises FileNotFoundError.

    Inside the municipality; the answer may leave after that.
    """
    current_municipality()
    response = FileResponse(
        default_storage.open(key), as_attachment=True, filename=name, content_type=content_type
    )
    response["Content-Security-Policy"] = POLICY
    return protect(response)


def _refuse(verdict: str) -> None:
    if isinstance(verdict, Unchecked) and current_municipality().passes_unchecked:
        return
    if verdict:
        raise AttachmentRefused(verdict)


def _keep(file: File[bytes]) -> Kept:
    name = mask_name(clean_name(file.name or ""))
    key = default_storage.save(f"{DIRECTORY}/{uuid4()}", file)
    return Kept(
        name=name.text,
        size=int(file.size),
        content_type=type_of(name.text),
        key=key,
        masked=bool(name.found),
    )


def _shortened(name: str) -> str:
    """With its ending, where that is one."""
    if len(name) <= LONGEST_NAME:
        return name
    ending = PurePosixPath(name).suffix
    if len(ending) > LONGEST_ENDING:
        ending = ""
    return name[: LONGEST_NAME - len(ending)].rstrip() + ending
