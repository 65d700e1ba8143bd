"""The name under which content is kept by who downloads it: what was given, made harmless."""

from __future__ import annotations

import mimetypes
import re
from unicodedata import category, normalize
from urllib.parse import quote

LONGEST = 150
"""In characters; with four bytes each it still is a name to every file system, which take 255."""
LONGEST_SUFFIX = 20
MOST_BYTES = 240
NAMELESS = "document"
UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Controls, marks of direction and of width, halves of pairs, and what has no character."""
FORBIDDEN = re.compile(r'[<>:"|?*%;\\/]')
"""What some system does not take in a name, and what ends or escapes a parameter of a header."""


def named(file_name: str, formaat: str) -> str:
    """The harmless name; one for the media type where nothing is left of what was given."""
    return harmless(file_name) or f"{NAMELESS}{mimetypes.guess_extension(formaat) or ''}"


def disposition(name: str) -> str:
    """The value of Content-Disposition for a harmless name; who reads no UTF-8 gets it in ASCII."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = plain if plain.partition(".")[0].strip() else f"{NAMELESS}{plain.strip()}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def harmless(file_name: str) -> str:
    """The last part of a path, without what is not seen or not allowed, of a length that any system takes."""
    last = re.split(r"[/\\]", file_name)[-1]
    seen = "".join(each for each in normalize("NFC", last) if category(each) not in UNSEEN)
    name = FORBIDDEN.sub("_", " ".join(seen.split())).strip(". ")
    return _shortened(name)


def _shortened(name: str) -> str:
    """The end says what kind of file it is, so it stays."""
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > LONGEST_SUFFIX:
        stem, suffix = name, ""
    end = f".{suffix}" if suffix else ""
    stem = stem[: LONGEST - len(end)]
    while len(f"{stem}{end}".encode()) > MOST_BYTES:
        stem = stem[:-1]
    return f"{stem}{end}"
