"""Bodies as they arrive, and a storage that is a dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from unittest.mock import patch

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest

from api.documenten.content import arriving, uploaded
from api.documenten.content.writing import Passing, Stored

BOUNDARY = "grens"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def arrived(raw: bytes, media_type: str = "application/json", *, announced: int | None = None) -> HttpRequest:
    """A request with this body, of which the head may say another size."""
    length = len(raw) if announced is None else announced
    return WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": media_type,
            "CONTENT_LENGTH": str(length),
            "wsgi.input": BytesIO(raw),
        }
    )


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
