"""What nothing points at any more is deleted, after a grace: a backup of the database still finds it then."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.conf import settings

from api.documenten.models import Inhoud, VerlatenInhoud
from tenants.registry.storage import UnknownStorage, slice_named, storage_of

MOST = 1000
"""Of one municipality, each time."""

logger = structlog.get_logger(__name__)


def delete_left(now: datetime) -> int:
    """Delete what was left so long ago; how many. First the bytes, so that an end between loses no trace."""
    due = VerlatenInhoud.objects.filter(verlaten_op__lte=now - grace()).order_by("verlaten_op", "pk")
    deleted = sum(_delete(each) for each in due[:MOST])
    if deleted:
        logger.info("left_content_deleted", count=deleted)
    return deleted


def grace() -> timedelta:
    return timedelta(days=settings.LEFT_CONTENT_DAYS)


def _delete(left: VerlatenInhoud) -> bool:
    if Inhoud.objects.filter(opslag=left.opslag, key=left.key).exists():
        logger.error("left_content_in_use", storage=left.opslag)
        return False
    try:
        if slice_named(left.key) is None:  # a slice has no bytes of its own; only older code leaves one
            storage_of(left.opslag).delete(left.key)
    except UnknownStorage:
        logger.warning("left_content_out_of_reach", storage=left.opslag)
        return False
    left.delete()
    return True
