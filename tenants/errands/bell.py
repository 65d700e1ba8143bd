"""The bell: a worker hears that there is something to do. One that is lost costs a minute: beat rings too."""

from __future__ import annotations

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

TASK = "tenants.errands.tasks.go"
EXPIRES_SECONDS = 60

logger = structlog.get_logger(__name__)


def ring() -> None:
    """Once what stands now is committed."""
    transaction.on_commit(send, robust=True)


def send() -> None:
    try:
        current_app.send_task(TASK, retry=False, expires=EXPIRES_SECONDS)
    except OperationalError:
        logger.warning("errands_bell_not_rung")
