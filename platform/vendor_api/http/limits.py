"""How many requests one key has in a minute."""

from __future__ import annotations

import math
import time
from typing import Any

import structlog
from django.conf import settings
from django.core.cache import caches
from redis.exceptions import RedisError
from rest_framework.throttling import BaseThrottle

MINUTE = 60

logger = structlog.get_logger(__name__)


class PerToken(BaseThrottle):
    """The framework's hook. Without Redis nobody counts; how many run at once is bounded all the same."""

    def allow_request(self, request: Any, view: Any) -> bool:
        key = f"vendor-api:{request.user.token.pk}:{int(time.time()) // MINUTE}"
        counts = caches["public"]
        try:
            counts.add(key, 0, timeout=2 * MINUTE)
            return bool(counts.incr(key) <= settings.VENDOR_API_REQUESTS_PER_MINUTE)
        except (RedisError, ValueError):  # away, or forgotten between the two
            logger.warning("requests_not_counted")
            return True

    def wait(self) -> float:
        """Until the next minute begins."""
        return math.ceil(MINUTE - time.time() % MINUTE)
