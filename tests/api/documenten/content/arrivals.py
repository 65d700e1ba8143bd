"""Bodies as they arrive, and a storage that is a dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from unittest.mock import patch

from django.http import HttpRequest
from django.test import RequestFactory

from api.documenten.content import arriving, uploaded
from api.documenten.content.writing import Passing, Stored

BOUNDARY = "grens"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def arrived(raw: bytes, media_type: str = "application/json", *, announced: int | None = None) -> HttpRequest:
    """A request with this body, of which the head may say another size."""
    extra = {} if announced is None else {"CONTENT_LENGTH": str(announced)}
    return RequestFactory().generic("POST", "/", raw, media_type, **extra)  # type: ignore[arg-type]  # of the environment


def field(name: str, content: bytes, *, head: str = "") -> bytes:
    return (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{head}\r\n\r\n'.encode()
        + content
        + b"\r\n"
    )


def form(*fields: bytes) -> bytes:
    return b"".join(fields) + f"--{BOUNDARY}--\r\n".encode()


@contextmanager
def in_pieces(size: int, *, small: int) -> Iterator[dict[str, bytes]]:
    """Bodies are read in pieces of this size; what is larger than ``small`` lies in the dictionary."""
    lying: dict[str, bytes] = {}

    def write(pieces: Iterable[bytes], *, most: int) -> Stored:
        content = b"".join(Passing(pieces, most))
        key = str(len(lying))
        lying[key] = content
        return Stored("default", key, len(content), sha256(content).hexdigest())

    with (
        patch.object(arriving, "PIECE", size),
        patch.object(uploaded, "SMALL", small),
        patch.object(uploaded, "write", write),
    ):
        yield lying
