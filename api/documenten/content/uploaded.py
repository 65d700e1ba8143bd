"""Content that came with a request, of which it is not certain yet that it stays.

What is small waits in memory; what is large lies in its storage already, under the key that it will keep. So
nothing is written twice, and a refusal has one thing to take away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain

from django.http import HttpRequest

from api.documenten.content.places import Place, write_part
from api.documenten.content.writing import Stored, TooMuch, checked, remove, write

SMALL = 1024 * 1024
"""How many bytes wait in memory: of each request that is being answered."""


class Uploaded:
    """Content of which the size and the sum are known."""

    def __init__(
        self, omvang: int, checksum: str, held: bytes | Stored | None, *, place: Place | None = None
    ) -> None:
        """``held`` is None for what was larger than it may be, of which nothing was kept.

        ``place`` is where a part is to lie, if there is a place for it.
        """
        self.omvang = omvang
        self.sha256 = checksum
        self._held = held
        self._place = place

    def store(self) -> Stored:
        """Where it lies now: durably, and checked. From here on it is the caller's to keep.

        Raises what ``check`` raises, and then nothing is left.
        """
        return checked(self.store_part())

    def store_part(self) -> Stored:
        """The same of what is no content by itself: what its parts become is checked."""
        held, self._held = self._held, None
        if isinstance(held, bytes):
            return _written([held], most=len(held), place=self._place)
        if held is None:
            raise ValueError("There is nothing to store, or it was given away.")
        return held

    def discard(self) -> None:
        """Take away what was not stored; again does nothing."""
        held, self._held = self._held, None
        if isinstance(held, Stored):
            remove(held)


def take_in(
    request: HttpRequest, pieces: Iterator[bytes], *, most: int, place: Place | None = None
) -> Uploaded:
    """What these pieces are together. ``TooMuch`` past ``most`` bytes, or what they raise, leaves nothing."""
    began = bytearray()
    for piece in pieces:
        began += piece
        if len(began) > most:
            raise TooMuch(most)
        if len(began) > SMALL:
            stored = _written(chain([bytes(began)], pieces), most=most, place=place)
            uploaded = Uploaded(stored.omvang, stored.sha256, stored)
            break
    else:
        uploaded = Uploaded(len(began), sha256(began).hexdigest(), bytes(began), place=place)
    _taken_in(request).append(uploaded)
    return uploaded


def release(request: HttpRequest) -> None:
    """Take away what came with this request and was not stored: at its end, whatever became of it."""
    for uploaded in _taken_in(request):
        uploaded.discard()


def _written(pieces: Iterable[bytes], *, most: int, place: Place | None) -> Stored:
    return write(pieces, most=most) if place is None else write_part(pieces, most=most, place=place)


def _taken_in(request: HttpRequest) -> list[Uploaded]:
    """Of this request; it is kept on it."""
    taken: list[Uploaded] = request.__dict__.setdefault("taken_in", [])
    return taken
