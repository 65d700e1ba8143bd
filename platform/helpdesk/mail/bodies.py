"""The words and the files in a message, whatever its makers did to it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import Message
from typing import Any, TypeAlias

from helpdesk.attachments import LARGEST, MOST, clean_name
from helpdesk.mail.plain import text_of_html

Part: TypeAlias = "Message[Any, Any]"
"""As the library has it; its values are texts or headers."""

BROKEN = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    LookupError,
    MessageError,
    RecursionError,
)
"""What the library raises on messages that nobody should have made."""

LARGEST_TEXT = 800_000
"""Bytes of one part that is words."""
DEEPEST = 20

_CHARSETS = re.compile(
    r"^(ascii|utf-(7|8|8-sig|16|16-le|16-be)|iso8859-\d+|cp(125\d|437|850|852|858|932|936|949|950)"
    r"|mac-\w+|koi8-\w|gb2312|gbk|gb18030|big5\w*|euc_\w+|shift_jis\w*|iso2022_\w+|hz)$"
)
"""Of what people write in; a codec can also be something that only costs time."""
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters, those that turn the direction of what follows, and halves of characters."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a message."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(slots=True)
class Found:
    """What was found so far; ``left_out`` are the names of files that were not taken."""

    texts: list[str] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        self.texts += other.texts
        self.attached += other.attached
        self.left_out += other.left_out


def found_in(message: Part) -> Found:
    found = _gathered(message, 0)
    files = found.attached
    found.attached = files[:MOST]
    found.left_out += [each.name for each in files[MOST:]]
    return found


def cleaned(text: str) -> str:
    """As people see it: without what nobody sees, lines ended as here."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, longest: int) -> str:
    """For what stands in a list."""
    return " ".join(_INVISIBLE.sub(" ", text).split())[:longest].strip()


def type_of(part: Part) -> str:
    try:
        return one_line(part.get_content_type().lower(), 100)
    except BROKEN:
        return "application/octet-stream"


def _gathered(part: Part, depth: int) -> Found:
    if depth > DEEPEST:
        return Found(left_out=[f"deel op diepte {depth}"])
    kind = type_of(part)
    if kind == "message/rfc822":
        return _message_in(part)
    if not part.is_multipart():
        return _leaf(part, kind)
    parts = [_gathered(each, depth + 1) for each in _below(part)]
    found = Found()
    if kind == "multipart/alternative":
        found.texts = _best(parts, list(_below(part)))
        for each in parts:
            each.texts = []
    for each in parts:
        found.add(each)
    return found


def _below(part: Part) -> Iterator[Part]:
    payload: Any = part.get_payload()
    return (each for each in payload if isinstance(each, Message))


def _best(found: Sequence[Found], parts: Sequence[Part]) -> list[str]:
    """Of what says the same in several ways: plain text, or else what says something at all."""
    said = [(type_of(part), each.texts) for part, each in zip(parts, found, strict=True)]
    said = [(kind, texts) for kind, texts in said if any(text.strip() for text in texts)]
    plain = [texts for kind, texts in said if kind == "text/plain"]
    return next(iter([*plain, *(texts for _, texts in said)]), [])


def _leaf(part: Part, kind: str) -> Found:
    name, is_file = _file_name(part), _is_file(part)
    has_lost_its_parts = kind.startswith("multipart/")
    if (kind in {"text/plain", "text/html"} or has_lost_its_parts) and not is_file:
        text = _text(part)
        return Found(texts=[text_of_html(text) if kind == "text/html" else text])
    content = _bytes(part)
    if not content and not name:
        return Found()
    name = clean_name(name)
    if len(content) > LARGEST:
        return Found(left_out=[name])
    return Found(attached=[Attached(name, kind, content)])


def _message_in(part: Part) -> Found:
    """A message in a message is a file: what somebody else wrote is not what this one says."""
    try:
        inner = next(_below(part), None)
        content = b"" if inner is None else inner.as_bytes()
    except BROKEN:
        content = b""
    name = clean_name(_file_name(part) or "bericht.eml")
    if not content or len(content) > LARGEST:
        return Found(left_out=[name])
    return Found(attached=[Attached(name, "message/rfc822", content)])


def _is_file(part: Part) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or bool(part.get_filename())
    except BROKEN:
        return True


def _file_name(part: Part) -> str:
    try:
        return str(part.get_filename() or "")
    except BROKEN:
        return ""


def _bytes(part: Part) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except BROKEN:
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _text(part: Part) -> str:
    """By what it says its letters are; else as UTF-8, and else as Windows writes."""
    content = _bytes(part)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return cleaned(content[:LARGEST_TEXT].decode("utf-16", "replace"))
    for charset in (_charset(part), "utf-8"):
        try:
            return cleaned(_decoded(content, charset))
        except (UnicodeError, LookupError):
            continue
    return cleaned(content[:LARGEST_TEXT].decode("cp1252", "replace"))


def _decoded(content: bytes, charset: str) -> str:
    """Strictly; a letter that the cut divides is left out."""
    whole = len(content) <= LARGEST_TEXT
    return codecs.getincrementaldecoder(charset)().decode(content[:LARGEST_TEXT], final=whole)


def _charset(part: Part) -> str:
    try:
        known = codecs.lookup(str(part.get_content_charset() or "utf-8")).name
    except BROKEN:
        return "utf-8"
    return known if _CHARSETS.match(known) else "utf-8"
