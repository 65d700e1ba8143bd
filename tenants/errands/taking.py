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
    """The one that waits longest, now ours; None where there is none."""
    waiting = model._default_manager.filter(next_at__lte=now).order_by("next_at", "pk")
    row = waiting.select_for_update(skip_locked=True).first()
    if row is None:
        return None
    row.holder, row.attempts = uuid4(), row.attempts + 1
    row.next_at = now + LEASE
    row.save(update_fields=["holder", "attempts", "next_at"])
    return row


def done(row: Errand | Letter) -> bool:
    """Take it away; False where it took so long that another has it."""
    removed, _ = type(row)._default_manager.filter(pk=row.pk, holder=row.holder).delete()
    return bool(removed)


def put_back(row: Errand | Letter, now: datetime, *, failure: str) -> None:
    """For later; or given up, which somebody has to know of. ``failure`` names a class and quotes nothing."""
    told = {"what": row._meta.model_name, "row": row.pk, "attempts": row.attempts, "failure": failure}
    if now - row.written_at >= PATIENCE:
        if done(row):
            logger.error("errand_given_up", **told)
        return
    wait = LATER[min(row.attempts, len(LATER)) - 1]
    type(row)._default_manager.filter(pk=row.pk, holder=row.holder).update(holder=None, next_at=now + wait)
    logger.warning("errand_waits", **told)
