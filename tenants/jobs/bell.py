"""The bell: celery tells a worker that there is something to do, and knows nothing of what.

A bell that is lost costs a few seconds: beat rings as well.
"""

from __future__ import annotations

import structlog
from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from tenants.jobs.models import Step

LOGINS = {
    Step.Connection.OWNER: "owner",
    Step.Connection.VENDOR: "app",
    Step.Connection.MUNICIPALITY: "app",
}
"""The login of the database that each connection is one of."""

TASK = "tenants.jobs.tasks.take_steps"
EXPIRES_SECONDS = 60

logger = structlog.get_logger(__name__)


def connections_of(login: str) -> list[str]:
    """The connections that a process with this login can give to a step."""
    return [connection for connection, needed in LOGINS.items() if needed == login]


def ring(connection: str) -> None:
    """Wake a worker that has this connection, once what stands now is committed."""
    login = LOGINS[Step.Connection(connection)]
    transaction.on_commit(lambda: _send(login), robust=True)


def _send(login: str) -> None:
    try:
        current_app.send_task(
            TASK, args=[login], queue=settings.JOB_QUEUES[login], retry=False, expires=EXPIRES_SECONDS
        )
    except OperationalError:
        logger.warning("bell_not_rung", login=login)
