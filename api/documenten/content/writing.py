"""Content comes to lie in a storage: whole, counted and summed, before any row speaks of it.

A key is made for each content and never used again, so what a crash leaves behind is content that nobody
points at, and never half of what somebody does. A key begins with its day, by which the sweep knows what may
still belong to a running request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import new, sha256
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.utils import timezone

from api.documenten.content.checking import check
from api.documenten.models.keuzes import Ongecontroleerd
from api.pipeline.words.refusals import Malformed, TooLarge
from tenants.registry.storage import Slice, current_alias, slice_named, storage_of

if TYPE_CHECKING:
    from api.documenten.content.places import Place
    from api.documenten.models import Inhoud

FOLDER = "documenten"
COMPUTED = {"md5": "md5", "sha_1": "sha1", "sha_512": "sha512"}
"""What the standard's word for an algorithm is to Python. Its ``sha_3`` does not say of how many bits."""


class CutOff(Malformed):
    """400: what was sent ends before it was complete."""


class TooMuch(TooLarge):
    """413: content that is larger than it may be."""

    def __init__(self, most: int) -> None:
        super().__init__(f"Niet meer dan {most} bytes.")


class Damaged(Exception):
    """A storage has something else than what it was given, or than what its row says."""


class WrongSize(Exception):
    """Parts that together are not as large as the document is to be."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Content that a storage holds. ``sha256`` is in hex; ``row`` is the key of its row, where it has one.

    ``unchecked`` is why nobody looked through it for viruses, where it came in all the same. ``place`` is
    that of a part which lies in what the whole will be; ``is_of_parts`` is such a whole, whose parts have
    rows.
    """

    opslag: str
    key: str
    omvang: int
    sha256: str
    row: UUID | None = None
    unchecked: Ongecontroleerd | None = None
    place: Place | None = None
    is_of_parts: bool = False


class Passing:
    """Pieces that are counted and summed as they pass; more than ``most`` bytes raise ``TooMuch``."""

    def __init__(self, pieces: Iterable[bytes], most: int) -> None:
        self.omvang = 0
        self._pieces = pieces
        self._most = most
        self._sum = sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.omvang += len(piece)
            if self.omvang > self._most:
                raise TooMuch(self._most)
            self._sum.update(piece)
            yield piece

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()


def write(pieces: Iterable[bytes], *, most: int, is_settled: bool = True) -> Stored:
    """Keep these bytes under a new key of the municipality's current storage, durably and verified.

    What need not be ``is_settled`` is durable once ``settle`` was called, which comes before any row.
    Whatever ``pieces`` raises, and ``TooMuch`` past ``most`` bytes, leaves nothing behind.
    """
    alias, key = current_alias(), new_key()
    storage = storage_of(alias)
    passing = Passing(pieces, most)
    kept = storage.keep(key, passing, is_settled=is_settled)
    if kept != passing.omvang:
        storage.delete(key)
        raise Damaged(f"A storage kept {kept} bytes of {passing.omvang}.")
    return Stored(alias, key, kept, passing.sha256)


def settle(every: Iterable[Stored]) -> None:
    """What was written is durable from here on: many in little more time than one."""
    keys: dict[str, list[str]] = {}
    for stored in every:
        keys.setdefault(stored.opslag, []).append(stored.key)
    for alias, of_storage in keys.items():
        storage_of(alias).settle(of_storage)


def merge(parts: Sequence[Inhoud], *, expected: int) -> Stored:
    """All of these after each other, of ``expected`` bytes together, checked as any content.

    Raises ``WrongSize``, or ``Damaged`` where a part is not as large as its row says. One part that is all of
    it stays where it lies, and so do parts that lie after each other in one file already: they are read and
    summed. It takes as long as that, or as copying: not for within a transaction.
    """
    if sum(part.omvang for part in parts) != expected:
        raise WrongSize
    if len(parts) == 1:
        (part,) = parts
        whole = Stored(part.opslag, part.key, part.omvang, part.sha256, row=part.pk)
        return check(whole)
    if _lie_after_each_other(parts):
        return check(_whole_of(parts, expected))
    return checked(write(_pieces_of(parts), most=expected))


def checked(stored: Stored) -> Stored:
    """The same, if it may stay; what may not is removed, and the refusal raised."""
    try:
        return check(stored)
    except BaseException:
        remove(stored)
        raise


def checksum(stored: Stored, algorithm: str, *, most: int) -> str | None:
    """In hex, by an algorithm of the standard; None for one that nobody computes here.

    SHA-256 is known. Another reads all of it, and is None for content of more than ``most`` bytes.
    """
    if algorithm == "sha_256":
        return stored.sha256
    if algorithm not in COMPUTED or stored.omvang > most:
        return None
    summed = new(COMPUTED[algorithm], usedforsecurity=False)
    for piece in storage_of(stored.opslag).pieces(stored.key):
        summed.update(piece)
    return summed.hexdigest()


def remove(stored: Stored) -> None:
    """Take away what no row ever pointed at; a place in a whole is free again, and the parts of one stay."""
    if stored.place is not None:
        stored.place.give_back()
    elif not stored.is_of_parts:
        storage_of(stored.opslag).delete(stored.key)


def new_key() -> str:
    """``documenten/2026-11-26/<hex>``: the day is the one in UTC, as all machines have it."""
    return f"{FOLDER}/{timezone.now().date().isoformat()}/{uuid4().hex}"


def day_of(key: str) -> date | None:
    """When a key was made; None for what is no key of ours."""
    folder, _, rest = key.partition("/")
    day, _, name = rest.partition("/")
    try:
        return date.fromisoformat(day) if folder == FOLDER and name else None
    except ValueError:
        return None


def _pieces_of(parts: Sequence[Inhoud]) -> Iterator[bytes]:
    for part in parts:
        passed = 0
        for piece in storage_of(part.opslag).pieces(part.key):
            passed += len(piece)
            yield piece
        if passed != part.omvang:
            raise Damaged(f"Part {part.pk} is not what it was.")


def _lie_after_each_other(parts: Sequence[Inhoud]) -> bool:
    """Whether they are all slices of one file where new content goes, from its begin on and without a gap."""
    slices = [slice_named(part.key) for part in parts]
    first, at = slices[0], 0
    for part, each in zip(parts, slices, strict=True):
        if first is None or each != Slice(first.name, at, part.omvang) or part.opslag != current_alias():
            return False
        at += part.omvang
    return True


def _whole_of(parts: Sequence[Inhoud], expected: int) -> Stored:
    """The file in which they lie. Raises ``Damaged`` where that is of another size."""
    opslag, key = parts[0].opslag, parts[0].key.partition("@")[0]
    passing = Passing(storage_of(opslag).pieces(key), expected)
    for _ in passing:
        pass
    if passing.omvang != expected:
        raise Damaged("A whole is not as large as its parts together.")
    return Stored(opslag, key, expected, passing.sha256, is_of_parts=True)
