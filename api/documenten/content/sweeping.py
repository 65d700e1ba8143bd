"""Content that nobody points at, removed when no running request can still need it.

Three things leave some: a process that ends between storing and committing leaves a file without a row; a
refusal after storing does too; and a row may have lost all that pointed at it. What lost its row on purpose
waits elsewhere (``VerlatenInhoud``), and is removed from there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

import structlog

from api.documenten.content.rows import let_go, unreferenced
from api.documenten.content.writing import FOLDER, day_of
from api.documenten.models import BestandsDeel, Inhoud, VerlatenInhoud
from tenants.registry.storage import MunicipalStorage, storage_aliases, storage_of

GRACE = timedelta(days=1)
"""No request and no step of a job runs so long; keys tell the day, so a file waits for one to two days."""
DAYS = 14
"""How many days of keys are looked at: a sweep that did not run for a while catches up."""
MOST_ROWS = 1000
MOST_SECONDS = 300
BATCH = 500

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """How much was removed; ``is_whole`` is false where time was up before all was looked at."""

    rows: int
    files: int
    is_whole: bool = True


def sweep(now: datetime) -> Swept:
    """Remove what is left over in the municipality that one is in, and tell how much that was."""
    old = unreferenced().filter(opgeslagen_op__lt=now - GRACE).order_by("opgeslagen_op")
    rows = let_go(list(old.values_list("pk", flat=True)[:MOST_ROWS]))
    until = time.monotonic() + MOST_SECONDS
    files, is_whole = 0, True
    for batch in _batches(now):
        if time.monotonic() > until:
            is_whole = False
            break
        files += _remove_orphans(batch)
    swept = Swept(rows, files, is_whole)
    if rows or files or not is_whole:
        logger.info("content_swept", rows=rows, files=files, is_whole=is_whole)
    return swept


@dataclass(frozen=True, slots=True)
class _Batch:
    alias: str
    storage: MunicipalStorage
    keys: list[str]


def _batches(now: datetime) -> Iterator[_Batch]:
    """What lies in each storage under keys that are old enough, and not too old."""
    latest = (now - GRACE).date() - timedelta(days=1)
    for alias in storage_aliases():
        storage = storage_of(alias)
        for back in range(DAYS):
            day = latest - timedelta(days=back)
            lying = (each.name for each in storage.every(f"{FOLDER}/{day.isoformat()}"))
            for keys in _in_batches(lying):
                yield _Batch(alias, storage, [key for key in keys if day_of(key) == day])


def _remove_orphans(batch: _Batch) -> int:
    known = {
        key
        for rows in (Inhoud, VerlatenInhoud, BestandsDeel)
        for key in rows.objects.filter(opslag=batch.alias, key__in=batch.keys).values_list("key", flat=True)
    }
    orphans = [key for key in batch.keys if key not in known]
    for key in orphans:
        batch.storage.delete(key)
    return len(orphans)


def _in_batches(names: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(names, BATCH)):
        yield batch
