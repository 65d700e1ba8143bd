"""A body as it arrives: read in pieces, counted, and never more of it in memory than is looked at."""

from __future__ import annotations

from django.http import HttpRequest, UnreadablePostError

from api.documenten.content.limits import too_large
from api.documenten.content.writing import CutOff

PIECE = 256 * 1024
"""What the processor keeps near while it is copied, summed and written."""


class Arriving:
    """What came of a body and was not taken yet: ``data`` from ``at`` on."""

    def __init__(self, request: HttpRequest, *, most: int) -> None:
        """``most`` is how large the body may be; one that says it is larger raises ``TooLarge`` unread."""
        self.data = b""
        self.at = 0
        self._request = request
        self._most = most
        self._announced = announced(request)
        self._read = 0
        if self._announced is not None and self._announced > most:
            raise too_large(most)

    def more(self) -> bool:
        """Read on; false at the end. Raises ``CutOff`` for a body that ends early, and ``TooLarge``."""
        try:
            piece = self._request.read(PIECE)
        except UnreadablePostError as error:
            raise CutOff from error
        self._read += len(piece)
        if self._read > self._most:
            raise too_large(self._most)
        if not piece and self._announced is not None and self._read < self._announced:
            raise CutOff
        self.data = self.data[self.at :] + piece
        self.at = 0
        return bool(piece)

    def take(self, end: int) -> bytes:
        """What stands before ``end``, which is behind us then."""
        taken = self.data[self.at : end]
        self.at = end
        return taken

    @property
    def left(self) -> int:
        """How much of what came was not taken."""
        return len(self.data) - self.at


def announced(request: HttpRequest) -> int | None:
    """How large the body says it is; None where it says nothing, or no number."""
    length = request.META.get("CONTENT_LENGTH") or ""
    return int(length) if length.isascii() and length.isdecimal() else None
