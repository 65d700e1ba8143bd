"""Who does what waits: one at a time has a row, and for a while; who was killed is followed by another."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar
from uuid import uuid4

import structlog
from django.db import transaction

from tenants.errands.models import Errand, Letter

LEASE = timedelta(minutes=5)
"""How long somebody may take: longer than a mail server can be waited for, step by step."""
LATER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
)
"""After each attempt that failed, how long until the next; the last of these over and over."""
PATIENCE = timedelta(days=5)
"""How long after it was written something is tried."""

Row = TypeVar("Row", Errand, Letter)

logger = structlog.get_logger(__name__)


@transaction.atomic
def take(model: type[Row], now: datetime) -> Row | None:
    """The one that waits longest, now ours; None where there is none.

    Where it kills whoever has it, each has it longer than the one before, and the last gives it up.
    """
    while (row := _first(model, now)) is not None:
        if row.holder is None or now - row.written_at < PATIENCE:
            row.holder, row.attempts = uuid4(), row.attempts + 1
            row.next_at = now + max(LEASE, _wait(row))
            row.save(update_fields=["holder", "attempts", "next_at"])
            return row
        _give_up(row, failure="killed")
    return None


def _first(model: type[Row], now: datetime) -> Row | None:
    waiting = model._default_manager.filter(next_at__lte=now).order_by("next_at", "pk")
    return waiting.select_for_update(skip_locked=True).first()


def _wait(row: Errand | Letter) -> timedelta:
    return LATER[min(row.attempts, len(LATER)) - 1]


def done(row: Errand | Letter) -> bool:
    """Take it away; False where it took so long that another has it."""
    removed, _ = type(row)._default_manager.filter(pk=row.pk, holder=row.holder).delete()
    return bool(removed)


def put_back(row: Errand | Letter, now: datetime, *, failure: str) -> None:
    """For later; or given up, which somebody has to know of. ``failure`` names a class and quotes nothing."""
    if now - row.written_at >= PATIENCE:
        _give_up(row, failure=failure)
        return
    row_of_ours = type(row)._default_manager.filter(pk=row.pk, holder=row.holder)
    row_of_ours.update(holder=None, next_at=now + _wait(row))
    logger.warning("errand_waits", **_told(row, failure))


def _give_up(row: Errand | Letter, *, failure: str) -> None:
    told = _told(row, failure)
    if done(row):
        logger.error("errand_given_up", **told)


def _told(row: Errand | Letter, failure: str) -> dict[str, object]:
    return {"what": row._meta.model_name, "row": row.pk, "attempts": row.attempts, "failure": failure}
