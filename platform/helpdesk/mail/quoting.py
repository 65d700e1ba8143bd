"""What is new in a reply, and what of it was said before: the cut is for showing, and loses nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

ABOVE = "--- Antwoord boven deze regel ---"
"""Stands on top of what we send, so that a reply to it is cut where ours begins."""
_STARTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        re.escape(ABOVE),
        r"^[>\s]*-{2,}\s*(oorspronkelijk bericht|original message|doorgestuurd bericht|forwarded message)\b",
        r"^\s*op .{5,200} schreef .{1,200}:\s*$",
        r"^\s*.{1,100} schreef op .{5,200}:\s*$",
        r"^\s*on .{5,200} wrote:\s*$",
        r"^\s*_{10,}\s*$",
    )
)
_HEADER = re.compile(
    r"^\s*\*?(van|from|verzonden|sent|datum|date|aan|to|cc|onderwerp|subject):\*?\s", re.IGNORECASE
)
_FIRST_HEADER = re.compile(r"^\s*\*?(van|from):\*?\s", re.IGNORECASE)
_HEADERS_TOGETHER = 3
_LOOKS_AHEAD = 5
_WRAPS = 2
"""Lines over which a program breaks the sentence that says who wrote."""


@dataclass(frozen=True, slots=True)
class Parts:
    new: str
    earlier: str


def parted(text: str) -> Parts:
    """The new part and the rest; what answers below or between the quotation is new as a whole."""
    lines = text.split("\n")
    at = next((place for place in range(len(lines)) if _starts(lines, place)), len(lines))
    new = "\n".join(lines[:at]).strip()
    earlier = "\n".join(lines[at:]).strip()
    if new and not _has_answers(lines[at:]):
        return Parts(new, earlier)
    return Parts(text.strip(), "")


def _starts(lines: list[str], place: int) -> bool:
    line = lines[place]
    if not line.strip():
        return False
    if line.lstrip().startswith(">"):
        return place == 0 or not lines[place - 1].lstrip().startswith(">")
    sentence = " ".join(each.strip() for each in lines[place : place + _WRAPS])
    if any(start.search(line) or start.search(sentence[:_LONGEST]) for start in _STARTS):
        return True
    if not _FIRST_HEADER.match(line):
        return False
    ahead = [each for each in lines[place : place + _LOOKS_AHEAD] if _HEADER.match(each)]
    return len(ahead) >= _HEADERS_TOGETHER


_LONGEST = 400


def _has_answers(rest: list[str]) -> bool:
    """Whether words of one's own stand below a quotation that is marked line by line."""
    marked = [place for place, line in enumerate(rest) if line.lstrip().startswith(">")]
    if not marked:
        return False
    return any(line.strip() and not line.lstrip().startswith(">") for line in rest[marked[0] : marked[-1]])
