"""What happened to something of the vendor, told to whoever listens, in the transaction that it stands with.

Who tells does not know who listens: ``settings.LISTENERS`` names those by dotted path, as JOB_KINDS names the
steps of a job.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from tenants.registry.connection import connection

CREATED, CHANGED = "created", "changed"


class NotInTransaction(RuntimeError):
    """Whoever listens would hear of what may not come to stand."""


@dataclass(frozen=True, slots=True)
class Happened:
    """By numbers alone: whoever hears of it reads the rest where he may.

    ``organisation`` is the one whose affair it is alone; None where it is of all who serve these
    municipalities.
    """

    topic: str
    what: str
    subject: int
    municipalities: tuple[int, ...]
    organisation: int | None = None


Listener = Callable[[Happened], None]


def tell(happened: Happened) -> None:
    """On either side, in the transaction of what happened."""
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{happened.topic} was told of outside a transaction.")
    for listener in _listeners(tuple(settings.LISTENERS)):
        listener(happened)


@cache
def _listeners(paths: tuple[str, ...]) -> tuple[Listener, ...]:
    return tuple(import_string(path) for path in paths)
