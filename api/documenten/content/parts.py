"""The multipart body with which a part of a document comes: ``inhoud`` and ``lock``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import parse_header_parameters
from rest_framework.exceptions import UnsupportedMediaType

from api.documenten.content.arriving import Arriving
from api.documenten.content.limits import AROUND, LARGEST
from api.documenten.content.places import Place
from api.documenten.content.uploaded import Uploaded, take_in
from api.documenten.content.writing import CutOff, TooMuch
from api.pipeline.words.refusals import Malformed

MULTIPART = "multipart/form-data"
LARGEST_BODY = LARGEST + AROUND
MOST_HEAD = 16 * 1024
MOST_TEXT = 1000
MOST_FIELDS = 20
MOST_PARAMETERS = 20
"""Of a Content-Disposition: reading them takes the square of their number."""
LONGEST_BOUNDARY = 200
CLOSING = b"--"
PLAIN_CODINGS = {"", "binary", "8bit", "7bit"}


@dataclass(slots=True)
class Part:
    """What was sent of a part; None for what was not."""

    lock: str | None = None
    uploaded: Uploaded | None = None


def read_part(request: HttpRequest, *, most: int, place: Place | None = None) -> Part:
    """What the body has in its two fields, whatever else there is; its content is kept at ``place``.

    Of content that is larger than ``most`` nothing is kept, and its size is given as ``most + 1``. Raises
    ``UnsupportedMediaType`` (415), ``TooLarge`` (413) and ``Malformed`` (400).
    """
    fields = _Fields(request)
    part = Part()
    seen: set[str] = set()
    for name in fields.names():
        if name in seen or len(seen) == MOST_FIELDS:
            raise Malformed("Een veld staat er twee keer, of er zijn te veel velden.")
        seen.add(name)
        if name == "inhoud":
            part.uploaded = _content(request, fields.pieces(), most, place)
        elif name == "lock":
            part.lock = _text(fields.pieces())
    return part


class _Fields:
    """The fields of a multipart body, one after the other, as RFC 7578 has them."""

    def __init__(self, request: HttpRequest) -> None:
        media_type = (request.content_type or "").lower()
        if media_type != MULTIPART:
            raise UnsupportedMediaType(media_type)
        boundary = (request.content_params or {}).get("boundary", "")
        if not boundary.isascii() or not 0 < len(boundary) <= LONGEST_BOUNDARY:
            raise Malformed("De boundary ontbreekt, of is er geen.")
        self._delimiter = f"\r\n--{boundary}".encode()
        self._arriving = Arriving(request, most=LARGEST_BODY)
        self._arriving.data = b"\r\n"  # the first delimiter may stand at the very beginning

    def names(self) -> Iterator[str]:
        """The name of each field; its content is passed over unless it was taken."""
        self._pass_over()
        while not self._is_last():
            yield self._name()
            self._pass_over()

    def pieces(self) -> Iterator[bytes]:
        """The content of the field that was named last."""
        arriving, delimiter = self._arriving, self._delimiter
        while (end := arriving.data.find(delimiter, arriving.at)) < 0:
            # its end may be the beginning of a delimiter
            before = len(arriving.data) - len(delimiter) + 1
            if before > arriving.at:
                yield arriving.take(before)
            if not arriving.more():
                raise CutOff
        if end > arriving.at:
            yield arriving.take(end)

    def _pass_over(self) -> None:
        for _ in self.pieces():
            """Nobody wanted it."""
        self._arriving.at += len(self._delimiter)

    def _is_last(self) -> bool:
        """Whether the delimiter that was passed over is the closing one; else its line is over now."""
        while self._arriving.left < len(CLOSING):
            if not self._arriving.more():
                raise CutOff
        at = self._arriving.at
        if self._arriving.data.startswith(CLOSING, at):
            return True
        if self._until(b"\r\n").strip(b" \t"):
            raise Malformed("Na een boundary staat iets anders.")
        return False

    def _name(self) -> str:
        """Of the field whose head comes now."""
        name = ""
        self._arriving.at -= 2  # a head without a line is over at once
        for line in self._until(b"\r\n\r\n").decode(errors="replace").split("\r\n"):
            header, _, value = line.partition(":")
            if header.lower() == "content-transfer-encoding" and value.strip().lower() not in PLAIN_CODINGS:
                raise Malformed("Een veld komt als bytes, zonder Content-Transfer-Encoding.")
            if header.lower() == "content-disposition":
                name = _named(value)
        if not name:
            raise Malformed("Een veld heeft geen naam.")
        return name

    def _until(self, mark: bytes) -> bytes:
        """What stands before ``mark``, both of which are passed over; a few lines at most."""
        arriving = self._arriving
        while (end := arriving.data.find(mark, arriving.at, arriving.at + MOST_HEAD)) < 0:
            if arriving.left >= MOST_HEAD:
                raise Malformed(f"Een veld heeft minder dan {MOST_HEAD} bytes aan headers.")
            if not arriving.more():
                raise CutOff
        taken = arriving.take(end)
        arriving.at += len(mark)
        return taken


def _content(request: HttpRequest, pieces: Iterator[bytes], most: int, place: Place | None) -> Uploaded:
    try:
        return take_in(request, pieces, most=most, place=place)
    except TooMuch:
        return Uploaded(most + 1, "", None)


def _named(disposition: str) -> str:
    """The name that a field has by its Content-Disposition; empty for none."""
    if disposition.count(";") > MOST_PARAMETERS:
        raise Malformed("Een veld heeft te veel parameters.")
    try:
        return parse_header_parameters(disposition.strip())[1].get("name", "")
    except ValueError as error:  # an encoding that is none, or what is none of its bytes
        raise Malformed("De Content-Disposition van een veld is niet te lezen.") from error


def _text(pieces: Iterator[bytes]) -> str:
    text = bytearray()
    for piece in pieces:
        text += piece
        if len(text) > MOST_TEXT:
            raise Malformed(f"Het veld 'lock' heeft ten hoogste {MOST_TEXT} bytes.")
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise Malformed("Het veld 'lock' is geen UTF-8.") from error
