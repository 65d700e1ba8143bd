"""A cache in which a municipality finds its own values and no other's.

Values are JSON: whoever could write into Redis would otherwise have a pickle run what he likes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import TimeoutError as NotAnswered
from redis.retry import Retry

from tenants.registry.connection import connection
from tenants.registry.context import current_municipality, is_for_vendor, require_public
from tenants.registry.names import PUBLIC
from tenants.registry.pause import PausingRetry

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


class JsonSerializer:
    """JSON, and moments; a tuple comes back as a list, and what has no JSON form raises TypeError."""

    MOMENT = "__moment__"

    def dumps(self, value: Any) -> bytes:
        return json.dumps(value, default=self._moment).encode()

    def loads(self, data: Any) -> Any:
        """Raises ValueError, TypeError or RecursionError for what is not ours."""
        return json.loads(data, object_hook=self._restored)

    def _moment(self, value: object) -> dict[str, str]:
        if not isinstance(value, datetime):
            raise TypeError(f"A {type(value).__name__} is not kept in the cache.")
        return {self.MOMENT: value.isoformat()}

    def _restored(self, members: dict[str, Any]) -> Any:
        return datetime.fromisoformat(members[self.MOMENT]) if self.MOMENT in members else members


class JsonClient(RedisCacheClient):
    """What it cannot read is as good as absent: a miss, which the next value replaces."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, serializer=JsonSerializer, **options)

    def get(self, key: Any, default: Any) -> Any:
        return self._read(self.get_client(key).get(key), default)

    def get_many(self, keys: Any) -> Any:
        keys, absent = list(keys), object()
        found = zip(keys, self.get_client(None).mget(keys), strict=True)
        read = {key: self._read(data, absent) for key, data in found}
        return {key: value for key, value in read.items() if value is not absent}

    def _read(self, data: Any, default: Any) -> Any:
        try:
            return default if data is None else JsonSerializer().loads(data)
        except (ValueError, TypeError, RecursionError):
            return default


class ScopedRedisCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {**params.get("OPTIONS", {}), "retry": self.retry(server)}
        super().__init__(server, {**params, "OPTIONS": options})
        self._class = JsonClient

    def retry(self, server: str) -> Retry:
        """What is only faster with a cache does without it for a while."""
        return PausingRetry(server)

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

    def count_up(self, counts: Mapping[str, Mapping[str, int]], *, timeout: int) -> None:
        """Add to the counts that stand under these keys, by name; all in one question."""
        with self._client().pipeline(transaction=False) as pipeline:
            for key, added in counts.items():
                kept = self.make_and_validate_key(key)
                for name, count in added.items():
                    pipeline.hincrby(kept, name, count)
                pipeline.expire(kept, timeout)
            pipeline.execute()

    def take_counts(self, keys: Sequence[str]) -> list[dict[str, int]]:
        """What ``count_up`` put under each of these keys, which has nothing from then on."""
        with self._client().pipeline(transaction=True) as pipeline:
            for key in keys:
                kept = self.make_and_validate_key(key)
                pipeline.hgetall(kept)
                pipeline.delete(kept)
            found = pipeline.execute()[::2]
        return [{name.decode(): int(count) for name, count in each.items()} for each in found]

    def _client(self) -> Any:
        own: Any = self._cache  # type: ignore[attr-defined]  # the stubs leave it out
        return own.get_client(write=True)

    def of_each(self, key: str, schemas: Iterable[str]) -> dict[str, Any]:
        """What each of these municipalities keeps under one key, in one question; for the vendor alone.

        One that keeps nothing there is left out.
        """
        require_public()
        keys = {_key(schema, self.key_prefix, self.version, key): schema for schema in schemas}
        found = self._cache.get_many(list(keys)) if keys else {}  # type: ignore[attr-defined]  # as below
        return {keys[name]: value for name, value in found.items()}

    def clear(self) -> None:
        """Forget what is in scope; Django's own would empty the Redis of every municipality."""
        client = self._cache.get_client(write=True)  # type: ignore[attr-defined]  # the stubs leave it out
        for key in client.scan_iter(match=self.make_and_validate_key("*")):
            client.delete(key)


class PatientRedisCache(ScopedRedisCache):
    """For what is lost without it, such as who is signed in: it waits, and tries once more."""

    def retry(self, server: str) -> Retry:
        return Retry(NoBackoff(), 1, supported_errors=(NotConnected, NotAnswered))
