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
from django.db import connection, transaction
from django.utils import timezone

from api.documenten.content.rows import keep, let_go
from api.documenten.content.sweeping import sweep
from api.documenten.content.writing import merge, write
from api.documenten.models import EnkelvoudigInformatieObject, Inhoud, VerlatenInhoud
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.storage import storage_of
from tests.api.documenten.content.lying import MOST, document, files, lay, with_parts
from tests.api.documenten.content.test_rows import LATER

STEPS = {"open", "write", "flush", "fsync", "close", "mkdir", "unlink", "execute", "commit"}
MOST_STEPS = 400
OLD, NEW = b"oude inhoud", b"nieuwe inhoud, in delen"


class Death:
    """Comes just before the n-th step, which is just after the one before it."""

    def __init__(self, at: int) -> None:
        self._left = at

    def __call__(self, _: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and called.__name__ in STEPS:
            self._left -= 1
            if not self._left:
                os.kill(os.getpid(), signal.SIGKILL)


def dies(operation: Callable[[], None], at: int) -> bool:
    """Run it in a process that dies at this moment; false where it was done before."""
    connection.close()
    child = os.fork()
    if not child:
        try:
            sys.setprofile(Death(at))
            operation()
            sys.setprofile(None)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def outcomes(
    municipality: Municipality,
    media: Path,
    prepare: Callable[[], EnkelvoudigInformatieObject],
    operation: Callable[[EnkelvoudigInformatieObject], None],
) -> list[bytes | None]:
    """What each document reads, of which the operation died one moment later than that of the one before."""

    def operate() -> None:
        with in_municipality(municipality):
            operation(subject)

    found: list[bytes | None] = []
    for at in range(1, MOST_STEPS):
        with in_municipality(municipality):
            subject = prepare()
        died = dies(operate, at)
        with in_municipality(municipality):
            found.append(content_of(subject))
            if not died:
                assert is_clean(media)
                return found
    pytest.fail("It never ended.")


def point(document: EnkelvoudigInformatieObject, row: Inhoud, *left: Any) -> None:
    """As the API does it, in one transaction."""
    EnkelvoudigInformatieObject.objects.filter(pk=document.pk).update(
        inhoud=row, bestandsomvang=row.omvang, lock="", lock_houder=""
    )
    document.bestandsdelen.all().delete()
    let_go(left)


def content_of(document: EnkelvoudigInformatieObject) -> bytes | None:
    """What a reader gets now: it is whole, or there is none."""
    document.refresh_from_db()
    if document.inhoud is None:
        return None
    content = b"".join(storage_of(document.inhoud.opslag).pieces(document.inhoud.key))
    assert (len(content), sha256(content).hexdigest()) == (document.inhoud.omvang, document.inhoud.sha256)
    return content


def is_clean(media: Path) -> bool:
    """After a sweep there is a file for each row, and no other."""
    sweep(timezone.now() + LATER)
    known = set(Inhoud.objects.values_list("key", flat=True)) | set(
        VerlatenInhoud.objects.values_list("key", flat=True)
    )
    return files(media).keys() == known


def test_a_document_has_its_old_content_or_its_new(committing: Municipality, media: Path) -> None:
    def upload(changed: EnkelvoudigInformatieObject) -> None:
        stored = write([NEW[:7], NEW[7:]], most=MOST)
        with transaction.atomic():
            point(changed, keep(stored), changed.inhoud_id)

    found = outcomes(committing, media, lambda: document(lay(OLD)), upload)

    first = found.index(NEW)
    assert (set(found[:first]), set(found[first:])) == ({OLD}, {NEW})


def test_parts_are_there_still_or_the_document_is_whole(committing: Municipality, media: Path) -> None:
    def unlock(waiting: EnkelvoudigInformatieObject) -> None:
        rows = [part.inhoud for part in waiting.bestandsdelen.order_by("volgnummer") if part.inhoud]
        merged = merge(rows, expected=len(NEW))
        with transaction.atomic():
            point(waiting, keep(merged), *(row.pk for row in rows))

    found = outcomes(committing, media, lambda: with_parts(NEW[:7], NEW[7:]), unlock)

    first = found.index(NEW)
    assert (set(found[:first]), set(found[first:])) == ({None}, {NEW})
    with in_municipality(committing):
        waiting = EnkelvoudigInformatieObject.objects.filter(inhoud=None)
        assert [each.bestandsdelen.exclude(inhoud=None).count() for each in waiting] == [2] * found.count(
            None
        )
