"""Sessions in the cache of the municipality, or of the vendor."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.cache import SessionStore as CacheSessionStore


class SessionStore(CacheSessionStore):
    """Redis that does not answer makes the request fail; Django's own would sign the person out."""

    def load(self) -> dict[str, Any]:
        """Raises ``redis.exceptions.RedisError``."""
        found: dict[str, Any] | None = self._cache.get(self.cache_key)  # type: ignore[attr-defined]  # the stubs leave it out
        if found is None:
            self._session_key = None
        return found or {}
