"""What the bell wakes."""

from __future__ import annotations

import structlog
from celery import shared_task

from tenants.jobs.running import work
from tenants.registry.connection import connection

logger = structlog.get_logger(__name__)


@shared_task(for_vendor=True)
def take_steps(login: str) -> None:
    """Do the steps that wait for this login. A process with another one was put on the wrong queue."""
    if connection.settings_dict["LOGIN"] != login:
        logger.error("wrong_queue", login=login, process=connection.settings_dict["LOGIN"])
        return
    work(login)
