"""The bell: a worker hears that something is to be sent. One that is lost costs a minute: beat rings too."""

from __future__ import annotations

import structlog
from celery import current_app
from kombu.exceptions import OperationalError

TASK = "vendor_api.tasks.deliver_webhooks"
EXPIRES_SECONDS = 60

logger = structlog.get_logger(__name__)


def ring() -> None:
    try:
        current_app.send_task(TASK, retry=False, expires=EXPIRES_SECONDS)
    except OperationalError:
        logger.warning("webhooks_bell_not_rung")
