"""Whenever the process dies, a document has its old content or its new, whole; what is left over is swept.

The steps are the calls by which anything reaches the disk or the database, in the order in which the product
makes them: a child of the test kills itself before each, and so after each.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from api.documenten import parts
from api.documenten.content import uploaded
from api.documenten.content.sweeping import sweep
from api.documenten.models import BestandsDeel, Inhoud, VerlatenInhoud
from tenants.registry import local_storage
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.storage import slice_named, storage_of
from tenants.registry.tally import COLUMNS, ROWS, tally
from tests.api.client import api_with_all_rights
from tests.api.documenten.conftest import Archive, archive_of, base64
from tests.api.documenten.content.lying import files
from tests.api.documenten.content.test_rows import LATER

STEPS = {"fsync", "mkdir", "unlink", "execute", "commit"}
STEPS_OF_A_STORAGE = {"open", "write", "flush", "close"}
"""What others do with other files too."""
MOST_STEPS = 400
OLD, NEW = b"oude inhoud", b"nieuwe inhoud, in delen"
PART = 12
APART = "apart"
both_ways = pytest.mark.parametrize("archive", ["at its place", APART], indirect=True)
Made = dict[str, Any]


class Death:
    """Comes just before the n-th step, which is just after the one before it."""

    def __init__(self, at: int) -> None:
        self._left = at

    def __call__(self, frame: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and is_step(frame, called.__name__):
            self._left -= 1
            if not self._left:
                os.kill(os.getpid(), signal.SIGKILL)


def is_step(frame: FrameType, name: str) -> bool:
    is_of_storage = name in STEPS_OF_A_STORAGE and frame.f_code.co_filename == local_storage.__file__
    return name in STEPS or is_of_storage


def dies(operation: Callable[[], int], at: int) -> bool:
    """Ask for it in a process that dies at this moment; false where it was done before."""
    connection.close()
    child = os.fork()
    if not child:
        try:
            tally._cells = bytearray(ROWS * COLUMNS)  # type: ignore[assignment]  # what it counts dies with it
            sys.setprofile(Death(at))
            status = operation()
            sys.setprofile(None)
            os._exit(0 if status < 300 else 2)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def outcomes(
    prepare: Callable[[], Made], operation: Callable[[Made], int], read: Callable[[Made], bytes | None]
) -> list[bytes | None]:
    """What is read of a document when the operation died, one step later each time."""
    made = prepare()
    before, found = read(made), list[bytes | None]()
    for at in range(1, MOST_STEPS):
        died = dies(lambda made=made: operation(made), at)  # type: ignore[misc]  # its type is that of the list
        found.append(read(made))
        if not died:
            return found
        if found[-1] != before:
            made = prepare()
    pytest.fail("It never ended.")


def lying(inhoud: Inhoud | None) -> bytes | None:
    """What its row says is there, whole."""
    if inhoud is None:
        return None
    content = b"".join(storage_of(inhoud.opslag).pieces(inhoud.key))
    assert (len(content), sha256(content).hexdigest()) == (inhoud.omvang, inhoud.sha256)
    return content


@pytest.fixture
def archive(
    committing: Municipality, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Archive:
    """In tables that outlive a process. Parts are small, and nothing waits in memory."""
    monkeypatch.setattr(uploaded, "SMALL", 0)
    monkeypatch.setattr(parts, "PART_BYTES", PART)
    if getattr(request, "param", "") == APART:
        monkeypatch.setattr(parts, "can_place", lambda _: False)
    return archive_of(api_with_all_rights(committing))


def content_of(archive: Archive, made: Made) -> bytes | None:
    row = archive.row(made["url"])
    with in_municipality(archive.municipality):
        return lying(row.inhoud)


def first_part_of(archive: Archive, made: Made) -> bytes | None:
    with in_municipality(archive.municipality):
        part = BestandsDeel.objects.select_related("inhoud").get(
            document=archive.row(made["url"]), volgnummer=1
        )
        return lying(part.inhoud)


def pending(archive: Archive, content: bytes) -> Made:
    """A document of which all parts have come."""
    made = archive.made(bestandsomvang=len(content))
    for number, part in enumerate(made["bestandsdelen"]):
        piece = content[number * PART :][: part["omvang"]]
        assert archive.part(part["url"], piece, made["lock"]).status_code == 200
    return made


def is_clean(archive: Archive, media: Path) -> bool:
    """After a sweep there is a file for each row, and no other."""
    with in_municipality(archive.municipality):
        sweep(timezone.now() + LATER)
        known = {
            key
            for rows in (Inhoud, VerlatenInhoud, BestandsDeel)
            for key in rows.objects.values_list("key", flat=True)
            if key and slice_named(key) is None
        }
    return bool(known) and files(media).keys() == known


def came_over(found: list[bytes | None], before: bytes | None, after: bytes) -> bool:
    """All of the one, and from some step on all of the other."""
    first = found.index(after)
    return (set(found[:first]), set(found[first:])) == ({before}, {after})


def test_a_document_has_its_old_content_or_its_new(archive: Archive, media: Path) -> None:
    def prepare() -> Made:
        made = archive.stored(OLD)
        return {**made, "lock": archive.locked(made["url"])}

    def change(made: Made) -> int:
        given = {"inhoud": base64(NEW), "bestandsomvang": len(NEW), "lock": made["lock"]}
        return int(archive.api.patch(made["url"], given).status_code)

    found = outcomes(prepare, change, lambda made: content_of(archive, made))

    assert came_over(found, OLD, NEW)
    assert is_clean(archive, media)


@both_ways
def test_a_part_that_comes_again_is_the_old_one_or_the_new(archive: Archive, media: Path) -> None:
    def again(made: Made) -> int:
        return int(archive.part(made["bestandsdelen"][0]["url"], OLD[::-1], made["lock"]).status_code)

    found = outcomes(lambda: pending(archive, OLD), again, lambda made: first_part_of(archive, made))

    assert came_over(found, OLD, OLD[::-1])
    assert is_clean(archive, media)


@both_ways
def test_parts_are_there_still_or_the_document_is_whole(archive: Archive, media: Path) -> None:
    def unlock(made: Made) -> int:
        return int(archive.api.post(f"{made['url']}/unlock", {"lock": made["lock"]}).status_code)

    def read(made: Made) -> bytes | None:
        with in_municipality(archive.municipality):
            parts = BestandsDeel.objects.filter(document=archive.row(made["url"])).select_related("inhoud")
            waiting = [lying(part.inhoud) for part in parts.order_by("volgnummer")]
        content = content_of(archive, made)
        assert waiting == ([NEW[:PART], NEW[PART:]] if content is None else [])
        return content

    found = outcomes(lambda: pending(archive, NEW), unlock, read)

    assert came_over(found, None, NEW)
    assert is_clean(archive, media)


@both_ways
def test_a_part_comes_or_can_be_sent_again(archive: Archive, media: Path) -> None:
    """Wherever somebody died while it came, the document becomes what was sent at last."""
    first = NEW[:PART]

    def prepare() -> Made:
        made = archive.made(bestandsomvang=len(NEW))
        assert archive.part(made["bestandsdelen"][1]["url"], NEW[PART:], made["lock"]).status_code == 200
        return made

    def come(made: Made) -> int:
        return int(archive.part(made["bestandsdelen"][0]["url"], OLD[::-1] + b"!", made["lock"]).status_code)

    wholes, found = list[bytes | None](), list[bytes | None]()

    def read_and_complete(made: Made) -> bytes | None:
        came = first_part_of(archive, made)
        assert archive.part(made["bestandsdelen"][0]["url"], first, made["lock"]).status_code == 200
        assert archive.api.post(f"{made['url']}/unlock", {"lock": made["lock"]}).status_code == 204
        wholes.append(content_of(archive, made))
        return came

    for at in range(1, MOST_STEPS):
        made = prepare()
        died = dies(lambda made=made: come(made), at)  # type: ignore[misc]  # its type is that of the list
        found.append(read_and_complete(made))
        if not died:
            break

    assert came_over(found, None, OLD[::-1] + b"!")
    assert set(wholes) == {NEW}
    assert is_clean(archive, media)
