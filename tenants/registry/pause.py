"""A Redis that does not answer is nobody's reason to wait: whoever noticed spares the others."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import TimeoutError as NotAnswered
from redis.retry import Retry

T = TypeVar("T")

PAUSE_SECONDS = 5
"""How long a process leaves a server alone after it did not answer."""

logger = structlog.get_logger(__name__)

_paused_until: dict[str, float] = {}


class PausingRetry(Retry):
    """Tries again once on a connection that went stale; a server that was silent is left alone for a while.

    Every command and every connection of a client goes through it.
    """

    def __init__(self, server: str) -> None:
        super().__init__(NoBackoff(), 1, supported_errors=(NotConnected,))
        self.server = server

    def call_with_retry(self, do: Callable[[], T], *args: Any, **options: Any) -> T:
        """Raises ``redis.exceptions.ConnectionError`` at once during a pause."""
        if time.monotonic() < _paused_until.get(self.server, 0):
            raise NotConnected("It did not answer a moment ago.")
        try:
            return super().call_with_retry(do, *args, **options)
        except (NotConnected, NotAnswered) as failure:
            logger.warning("cache_paused", seconds=PAUSE_SECONDS, failure=type(failure).__name__)
            _paused_until[self.server] = time.monotonic() + PAUSE_SECONDS
            raise
