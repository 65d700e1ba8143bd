"""Content comes to lie whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import md5, sha256
from pathlib import Path

import pytest
from django.http import HttpRequest

from api.documenten.content import uploaded, writing
from api.documenten.content.checking import check
from api.documenten.content.uploaded import Uploaded, release, take_in
from api.documenten.content.writing import (
    CutOff,
    Damaged,
    Stored,
    TooMuch,
    WrongSize,
    checksum,
    day_of,
    merge,
    new_key,
    write,
)
from api.pipeline.words.refusals import Invalid
from tenants.registry.models import Municipality
from tenants.registry.storage import storage_of
from tests.api.documenten.content.lying import MOST, files, lay

PIECES = [b"een ", b"twee ", b"", b"drie"]
WHOLE = b"".join(PIECES)


@pytest.fixture(autouse=True)
def inside(in_haarlem: Municipality) -> None:
    """Each of these happens in Haarlem."""


def test_what_is_written_lies_under_a_key_of_its_day_summed_and_counted(media: Path) -> None:
    stored = write(PIECES, most=len(WHOLE))

    assert files(media) == {stored.key: WHOLE}
    assert (stored.opslag, stored.omvang) == ("default", len(WHOLE))
    assert stored.sha256 == sha256(WHOLE).hexdigest()
    assert day_of(stored.key) is not None


def test_no_key_is_made_twice() -> None:
    assert len({new_key() for _ in range(1000)}) == 1000


@pytest.mark.parametrize("key", ["", "documenten/2026-11-26", "brieven/2026-11-26/a", "documenten/ooit/a"])
def test_what_is_no_key_has_no_day(key: str) -> None:
    assert day_of(key) is None


def test_of_too_much_nothing_stays(media: Path) -> None:
    with pytest.raises(TooMuch):
        write(PIECES, most=len(WHOLE) - 1)

    assert files(media) == {}


def breaking_off() -> Iterator[bytes]:
    yield from PIECES
    raise CutOff


def test_of_what_breaks_off_nothing_stays(media: Path) -> None:
    with pytest.raises(CutOff):
        write(breaking_off(), most=MOST)

    assert files(media) == {}


def test_what_a_storage_kept_otherwise_is_refused(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = type(storage_of("default"))
    keep = storage.keep
    monkeypatch.setattr(storage, "keep", lambda *given, **more: keep(*given, **more) - 1)
    with pytest.raises(Damaged):
        write(PIECES, most=MOST)

    assert files(media) == {}


def test_parts_are_put_together_in_their_order(media: Path) -> None:
    parts = [lay(b"een "), lay(b"twee "), lay(b"drie")]

    merged = merge(parts, expected=len(WHOLE))

    assert files(media)[merged.key] == WHOLE
    assert (merged.omvang, merged.sha256, merged.row) == (len(WHOLE), sha256(WHOLE).hexdigest(), None)
    assert files(media).keys() == {merged.key, *(part.key for part in parts)}


def test_one_part_that_is_all_of_it_is_not_copied(media: Path) -> None:
    part = lay(WHOLE)

    merged = merge([part], expected=len(WHOLE))

    assert (merged.key, merged.row) == (part.key, part.pk)
    assert files(media).keys() == {part.key}


@pytest.mark.parametrize("expected", [len(WHOLE) - 1, len(WHOLE) + 1])
def test_parts_of_another_size_than_the_document_are_refused(media: Path, expected: int) -> None:
    parts = [lay(b"een twee "), lay(b"drie")]
    with pytest.raises(WrongSize):
        merge(parts, expected=expected)

    assert len(files(media)) == 2


def test_a_part_that_lost_bytes_on_its_disk_is_noticed(media: Path) -> None:
    parts = [lay(b"een twee "), lay(b"drie")]
    (media / "haarlem" / parts[0].key).write_bytes(b"een twe")
    with pytest.raises(Damaged):
        merge(parts, expected=len(WHOLE))

    assert len(files(media)) == 2


@pytest.mark.parametrize("content", [b"x" * 100, b"x" * 10], ids=["in its storage", "in memory"])
def test_what_a_request_leaves_is_taken_away_at_its_end(
    media: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(uploaded, "SMALL", 20)
    request = HttpRequest()
    take_in(request, iter([content]), most=MOST)
    release(request)
    release(request)

    assert files(media) == {}


@pytest.mark.parametrize("content", [b"x" * 100, b"x" * 10], ids=["in its storage", "in memory"])
def test_what_is_stored_stays(media: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(uploaded, "SMALL", 20)
    request = HttpRequest()
    came = take_in(request, iter([content]), most=MOST)
    stored = came.store()
    release(request)

    assert files(media) == {stored.key: content}
    assert (came.omvang, came.sha256) == (stored.omvang, stored.sha256)


def refusing(_: Stored) -> None:
    raise Invalid([])


@pytest.mark.parametrize("content", [b"x" * 100, b"x" * 10], ids=["in its storage", "in memory"])
def test_of_what_may_not_stay_nothing_does(
    media: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(uploaded, "SMALL", 20)
    monkeypatch.setattr(writing, "check", refusing)
    came = take_in(HttpRequest(), iter([content]), most=MOST)
    with pytest.raises(Invalid):
        came.store()

    assert files(media) == {}


def test_of_a_merge_that_may_not_stay_the_parts_do(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [lay(b"een "), lay(b"twee")]
    monkeypatch.setattr(writing, "check", refusing)
    for together in (parts, parts[:1]):
        with pytest.raises(Invalid):
            merge(together, expected=sum(part.omvang for part in together))

    assert files(media).keys() == {part.key for part in parts}


def test_content_is_given_away_once() -> None:
    came = Uploaded(3, "", b"abc")
    came.store()
    with pytest.raises(ValueError, match="given away"):
        came.store()


def test_every_content_may_stay_while_no_scanner_is_configured() -> None:
    stored = write(PIECES, most=MOST)

    assert check(stored) is stored


def test_a_checksum_is_the_one_that_the_client_asks_for() -> None:
    stored = write(PIECES, most=MOST)

    assert checksum(stored, "md5", most=len(WHOLE)) == md5(WHOLE, usedforsecurity=False).hexdigest()
    assert checksum(stored, "md5", most=len(WHOLE) - 1) is None
    assert checksum(stored, "sha_256", most=0) == stored.sha256
    assert checksum(stored, "crc_32", most=len(WHOLE)) is None


def test_no_neighbour_finds_it(in_haarlem: Municipality, media: Path) -> None:
    stored = write(PIECES, most=MOST)

    assert list(files(media, "utrecht")) == []
    assert list(storage_of("default").pieces(stored.key)) == [WHOLE]
