"""A cache in which a municipality finds its own values and no other's."""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.redis import RedisCache

from tenants.registry.connection import connection
from tenants.registry.context import current_municipality, is_for_vendor
from tenants.registry.names import PUBLIC

VENDOR = ":vendor"  # no schema can have this name


def municipal_key(key: str, key_prefix: str, version: int) -> str:
    """Raises MunicipalityRequired outside a municipality, unless a person of the vendor is served."""
    if is_for_vendor():
        return _key(VENDOR, key_prefix, version, key)
    return _key(current_municipality().schema_name, key_prefix, version, key)


def public_key(key: str, key_prefix: str, version: int) -> str:
    return _key(PUBLIC, key_prefix, version, key)


def _key(schema: str, *parts: str | int) -> str:
    # The database is part of it: tests share a Redis with the deployment they are run beside.
    return ":".join(str(part) for part in (connection.settings_dict["NAME"], schema, *parts))


class ScopedRedisCache(RedisCache):
    def keep_latest(self, key: str, value: object, *, group: str, limit: int, timeout: int) -> None:
        """Set a value, and forget the oldest of its group past the limit; the keys of a group differ."""
        entry, listed = self.make_and_validate_key(key), self.make_and_validate_key(group)
        own: Any = self._cache  # type: ignore[attr-defined]  # the stubs leave it out
        client = own.get_client(write=True)
        with client.pipeline() as pipeline:
            pipeline.set(entry, own._serializer.dumps(value), ex=timeout)  # noqa: SLF001 - as `set` writes it
            pipeline.lpush(listed, entry)
            pipeline.expire(listed, timeout)
            _, length, _ = pipeline.execute()
        if length > limit:
            for oldest in client.rpop(listed, length - limit) or ():
                client.delete(oldest)

    def clear(self) -> None:
        """Forget what is in scope; Django's own would empty the Redis of every municipality."""
        client = self._cache.get_client(write=True)  # type: ignore[attr-defined]  # the stubs leave it out
        for key in client.scan_iter(match=self.make_and_validate_key("*")):
            client.delete(key)
