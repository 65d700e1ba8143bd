"""The JSON body of a document, of which ``inhoud`` is base64 of up to gigabytes.

Everything but the text of ``inhoud`` is kept, and parsed as any body is. That text is decoded as it comes and
leaves a mark in its place, so what is parsed is valid where the whole is. It gives what ``json.loads`` and a
strict ``b64decode`` would; a test compares them.
"""

from __future__ import annotations

import json
import re
from binascii import Error as NotDecoded
from binascii import a2b_base64
from collections.abc import Iterator
from string import ascii_letters, digits
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from rest_framework.exceptions import UnsupportedMediaType

from api.documenten.content.arriving import Arriving
from api.documenten.content.limits import AROUND
from api.documenten.content.uploaded import Uploaded, take_in
from api.documenten.content.writing import CutOff
from api.pipeline.validate.bodies import parse_json
from api.pipeline.words.refusals import Invalid, Malformed, TooLarge
from api.pipeline.words.violations import Violation

JSON = "application/json"
INHOUD = "inhoud"
MOST_BESIDES = AROUND
"""How many bytes of a body may be anything but the text of ``inhoud``."""
LONGEST_NAME = len(INHOUD) * len(r"\u0000") + 2

STRUCTURE = re.compile(rb'["{}\[\]]')
ESCAPE = rb'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})'
STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
TEXT = re.compile(rb'(?:[^"\\]++|' + ESCAPE + rb")*+")
LONGEST_ESCAPE = 6
SPACE = re.compile(rb"[ \t\n\r]*+")
WHITESPACE = b" \t\n\r"
BASE64 = f"{ascii_letters}{digits}+/= ".encode()


class NotBase64(Exception):
    """The text is no base64, or not to its end; the message says which, in Dutch."""


def read_document(request: HttpRequest, *, limit: int) -> tuple[Any, Uploaded | None]:
    """The parsed body without the text of ``inhoud``, and the content that this text was.

    An ``inhoud`` that is null, empty or no text stays in the body as it came; then there is no content.
    Raises ``UnsupportedMediaType`` (415), ``TooLarge`` (413), ``Malformed`` or ``Invalid`` (400).
    """
    media_type = (request.content_type or "").lower()
    if media_type != JSON:
        raise UnsupportedMediaType(media_type)
    reader = _Reader(request, limit)
    body = parse_json(reader.read())
    if not isinstance(body, dict) or not reader.mark:
        return body, None
    if body.get(INHOUD) != reader.mark:
        raise Malformed("De inhoud staat er twee keer.")
    if reader.wrong:
        raise Invalid([Violation(INHOUD, "invalid", reader.wrong)])
    if reader.uploaded is None or not reader.uploaded.omvang:
        return {**body, INHOUD: ""}, None
    del body[INHOUD]
    return body, reader.uploaded


def decoded(texts: Iterator[bytes]) -> Iterator[bytes]:
    """The bytes that pieces of base64 stand for; white space between them counts for nothing.

    Raises ``NotBase64``.
    """
    left, is_over = b"", False
    for text in texts:
        left += text.translate(None, WHITESPACE)
        whole = len(left) // 4 * 4
        if not whole:
            continue
        quads, left = left[:whole], left[whole:]
        # more of these the library takes for white space
        is_padded = b"=" in quads
        if is_over or (is_padded and quads.index(b"=") < whole - 2):
            raise NotBase64("De base64 gaat door na haar einde.")
        is_over = is_padded
        try:
            yield a2b_base64(quads, strict_mode=True)
        except NotDecoded as error:
            raise NotBase64("Dit is geen base64.") from error
    if left:
        raise NotBase64("De base64 is afgebroken, of geen base64.")


class _Reader:
    """Goes through a body once."""

    def __init__(self, request: HttpRequest, limit: int) -> None:
        self.uploaded: Uploaded | None = None
        self.mark = ""
        """What stands in the place of the text of ``inhoud``; empty where there is none."""
        self.wrong = ""
        """What is wrong with that text."""
        self._request = request
        self._limit = limit
        self._arriving = Arriving(request, most=limit)
        self._besides = bytearray()

    def read(self) -> bytes:
        """The body, with the mark instead of the text of ``inhoud``."""
        depth = 0
        while self._to_structure():
            if self._next() == b'"':
                name = self._string()
                if depth == 1 and _is_inhoud(name) and self._is_before_text():
                    self._take_inhoud()
            else:
                depth += 1 if self._next() in b"{[" else -1
                self._keep(self._arriving.at + 1)
        if b"\x00" in self._besides[:4]:
            raise Malformed("De inhoud is geen JSON in UTF-8.")
        return bytes(self._besides)

    def _to_structure(self) -> bool:
        """Whether a text begins, or something opens or closes; what stands before it is kept."""
        arriving = self._arriving
        while not (found := STRUCTURE.search(arriving.data, arriving.at)):
            self._keep(len(arriving.data))
            if not arriving.more():
                return False
        self._keep(found.start())
        return True

    def _next(self) -> bytes:
        at = self._arriving.at
        return self._arriving.data[at : at + 1]

    def _string(self) -> bytes:
        """A whole text with its quotes, which is kept."""
        arriving = self._arriving
        while not (found := STRING.match(arriving.data, arriving.at)):
            self._refuse_more_than(arriving.left)
            if not arriving.more():
                raise CutOff
        return self._keep(found.end())

    def _is_before_text(self) -> bool:
        """Whether what comes now, after a name, is a text."""
        if self._next_but_space() != b":":
            return False
        self._keep(self._arriving.at + 1)
        return self._next_but_space() == b'"'

    def _next_but_space(self) -> bytes:
        arriving = self._arriving
        while True:
            space = SPACE.match(arriving.data, arriving.at)
            self._keep(space.end() if space else arriving.at)
            if arriving.left or not arriving.more():
                return self._next()

    def _take_inhoud(self) -> None:
        if self.mark:
            raise Malformed(f"Het lid '{INHOUD}' staat er twee keer.")
        self.mark = uuid4().hex
        self._besides += f'"{self.mark}"'.encode()
        self._arriving.at += 1
        texts = self._texts()
        try:
            self.uploaded = take_in(self._request, decoded(texts), most=self._limit)
        except NotBase64 as error:
            self.wrong = str(error)
            for _ in texts:
                """What comes after may show that this is no JSON at all."""

    def _texts(self) -> Iterator[bytes]:
        """The text that has begun, in pieces, without its escapes."""
        arriving = self._arriving
        while True:
            if text := arriving.take(self._end_of_text()):
                yield _unescaped(text)
            if self._next() == b'"':
                arriving.at += 1
                return
            if arriving.left >= LONGEST_ESCAPE:
                raise Malformed("De inhoud is geen geldige JSON.")
            if not arriving.more():
                raise CutOff

    def _end_of_text(self) -> int:
        """How far it goes in what came, without half an escape."""
        data, at = self._arriving.data, self._arriving.at
        quote = data.find(b'"', at)
        end = len(data) if quote < 0 else quote
        if data.find(b"\\", at, end) < 0:
            return end
        found = TEXT.match(data, at)
        return found.end() if found else at

    def _keep(self, end: int) -> bytes:
        self._refuse_more_than(end - self._arriving.at)
        taken = self._arriving.take(end)
        self._besides += taken
        return taken

    def _refuse_more_than(self, size: int) -> None:
        if len(self._besides) + size > MOST_BESIDES:
            raise TooLarge(f"Niet meer dan {MOST_BESIDES} bytes buiten '{INHOUD}'.")


def _is_inhoud(name: bytes) -> bool:
    """Whether this is how a name is written that is ours; half a surrogate pair is no name at all."""
    if len(name) > LONGEST_NAME:
        return False
    try:
        return bool(json.loads(name) == INHOUD)
    except ValueError:
        return False


def _unescaped(text: bytes) -> bytes:
    """What a piece of a text says; raises ``Malformed`` for what no text of JSON has."""
    if not text.translate(None, BASE64):
        return text
    try:
        said = json.loads(f'"{text.decode(errors="surrogatepass")}"')
    except ValueError as error:
        raise Malformed("De inhoud is geen geldige JSON.") from error
    return str(said).encode(errors="surrogatepass")
