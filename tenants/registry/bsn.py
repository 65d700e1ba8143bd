"""Citizen service numbers in what people write: found, and masked before anything of it is kept.

Every digit is masked, the last ones too: with the eleven test three known digits leave few numbers, and who
has to know which one is meant asks for it by another way. Length and shape stay, so that a reader sees what
stood there.

Nine digits that pass the eleven test are taken for one: standing apart, or grouped as people group them. What
is part of an IBAN, of a telephone number or of a longer identifier such as that of a zaak is left alone, and
so is an RSIN that is called so. Where the word stands beside it, any grouping counts, and eight digits too: a
spreadsheet drops the zero in front.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from tenants.registry.elfproef import is_valid_rsin

MASK = "•"
LENGTH = 9
SHORTEST_IBAN = 15
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""What programs put between digits and nobody sees."""
_DIGIT = rf"\d[{_UNSEEN}]*"
_SPACE = " \u00a0\u2007\u2009\u202f"
_GAP = rf"[.{_SPACE}]"

_APART = rf"(?<!\d)(?:{_DIGIT}){{9}}(?!\d)"
_GROUPED = (
    rf"(?<!\d)(?<!\d{_GAP})"
    rf"(?:(?:{_DIGIT}){{3}}(?P<a>{_GAP})(?:{_DIGIT}){{3}}(?P=a)(?:{_DIGIT}){{3}}"
    rf"|(?:{_DIGIT}){{4}}(?P<b>{_GAP})(?:{_DIGIT}){{2}}(?P=b)(?:{_DIGIT}){{3}})"
    rf"(?!\d)(?!{_GAP}\d)"
)
_CANDIDATE = re.compile(f"{_APART}|{_GROUPED}")
_LOOSE = re.compile(rf"(?<!\d){_DIGIT}(?:[.\-–/_{_SPACE}]?{_DIGIT}){{7,8}}(?!\d)")
"""Beside the word."""

_WORD = re.compile(r"bsn|burger[- ]?service[- ]?n(?:umme)?r|sofi[- ]?n(?:umme)?r", re.IGNORECASE)
_BEFORE, _AFTER = 30, 15
"""How many characters before and after a number the word may stand."""

_IBAN = re.compile(
    rf"(?<![A-Za-z0-9])[A-Za-z]{{2}}\d{{2}}"
    rf"(?:[A-Za-z0-9]{{11,30}}|(?:[{_SPACE}][A-Za-z0-9]{{4}}){{2,7}}(?:[{_SPACE}][A-Za-z0-9]{{1,3}})?)"
    rf"(?![A-Za-z0-9])"
)
_ABROAD = re.compile(rf"(?:\+|\b00)\d{{1,3}}[.\-{_SPACE}]?(?:\(0\))?[.\-{_SPACE}]?\Z|\(0\)[{_SPACE}]?\Z")
"""What stands before the rest of a telephone number with the code of a country."""
_OTHER_NUMBER = re.compile(r"(?:\brsin|€|\beur)[^\w\n]{0,3}(?:is|nummer|nr)?[^\w\n]{0,3}\Z", re.IGNORECASE)
_IDENTIFIER_BEFORE = re.compile(r"(?:[^\W\d_]|[^\W_][-–])\Z")
_IDENTIFIER_AFTER = re.compile(r"[^\W\d_]|[-–]\d")
_LOOKS_BACK = 24


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its numbers, and how many there were."""

    text: str
    found: int


def mask(text: str) -> Masked:
    """Each number masked in its place."""
    return _masked(text, list(find(text)))


def mask_name(name: str) -> Masked:
    """Of a file: there a hyphen parts words, and makes no longer number of them."""
    return _masked(name, list(_found(name, parted_by_hyphens=True)))


def find(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each number, in order; none lies within another."""
    return _found(text, parted_by_hyphens=False)


def _found(text: str, *, parted_by_hyphens: bool) -> Iterator[tuple[int, int]]:
    loose = [match.span() for match in _LOOSE.finditer(text) if _is_one(match.group(), short=True)]
    plain = [match.span() for match in _CANDIDATE.finditer(text) if _is_one(match.group(), short=False)]
    spans = [span for span in loose if _is_beside_the_word(text, span)]
    spans += [
        span
        for span in plain
        if _is_beside_the_word(text, span) or not _is_of_another(text, span, parted_by_hyphens)
    ]
    ibans = _ibans(text) if spans else []
    last = 0
    for start, end in sorted(spans):
        if start >= last and not _overlaps(start, end, ibans):
            yield start, end
            last = end


def _is_one(words: str, *, short: bool) -> bool:
    """Whether its digits are those of somebody; ``short`` where a zero in front may be missing."""
    digits = "".join(str(unicodedata.decimal(each)) for each in words if each.isdecimal())
    if short and len(digits) == len(words) == LENGTH - 1:
        digits = f"0{digits}"
    return is_valid_rsin(digits)


def _is_beside_the_word(text: str, span: tuple[int, int]) -> bool:
    start, end = span
    return _WORD.search(text, max(0, start - _BEFORE), end + _AFTER) is not None


def _is_of_another(text: str, span: tuple[int, int], parted_by_hyphens: bool) -> bool:  # noqa: FBT001
    """Whether what stands around it makes it part of a number of another kind."""
    start, end = span
    before, after = text[max(0, start - _LOOKS_BACK) : start], text[end : end + 2]
    if _ABROAD.search(before) or _OTHER_NUMBER.search(before):
        return True
    if parted_by_hyphens:
        return False
    return bool(_IDENTIFIER_BEFORE.search(before) or _IDENTIFIER_AFTER.match(after))


def _ibans(text: str) -> list[tuple[int, int]]:
    """By their check digits (ISO 13616): what only looks like one hides no number."""
    return [
        (match.start(), match.start() + length)
        for match in _IBAN.finditer(text)
        if (length := _length_of_iban(match.group()))
    ]


def _length_of_iban(words: str) -> int:
    """Of the longest that these words begin with, 0 where they begin with none; another word may follow."""
    ends = [len(words), *reversed([at for at, each in enumerate(words) if each in _SPACE])]
    return next((end for end in ends if _passes_iban(words[:end])), 0)


def _passes_iban(words: str) -> bool:
    plain = "".join(each for each in words.upper() if each not in _SPACE)
    if len(plain) < SHORTEST_IBAN or not plain.isascii():
        return False
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(each, 36)) for each in turned)) % 97 == 1


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Of spans in order, none of which lies within another."""
    place = bisect_left(spans, (end, 0))
    return place > 0 and spans[place - 1][1] > start


def _masked(text: str, spans: list[tuple[int, int]]) -> Masked:
    parts, last = [], 0
    for start, end in spans:
        parts.append(text[last:start])
        parts.append("".join(MASK if each.isdecimal() else each for each in text[start:end]))
        last = end
    return Masked("".join([*parts, text[last:]]), len(spans))
