"""Refusals of the last two weeks, so that a 403 can be explained as it was judged then.

They are kept in the municipality's own part of Redis, under the id of the request. What is kept is
bounded for each client, and for all strangers together, so that one that keeps knocking pushes out
only refusals of its own. Without Redis a refusal is given all the same, and is not remembered.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from api.clients.client import NOBODY, Client
from api.pipeline.authorise.explanation import Explanation, explain, explain_stranger, restored
from api.pipeline.words.refusals import Forbidden, NotAuthenticated, Step, Unavailable
from api.pipeline.words.served import Served
from tenants.registry.cache import ScopedRedisCache
from tenants.registry.problem import request_id

RETENTION_SECONDS = 14 * 24 * 3600
KEPT_PER_CLIENT = 1000


@dataclass(frozen=True, slots=True)
class Remembered:
    """A refusal as it was; ``path`` is without the query, which may name people."""

    request_id: str
    moment: datetime
    method: str
    path: str
    code: str
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class CalledOn:
    """What was called: the operation by its id, empty where there is none, and how it was reached."""

    resource: type[Served]
    operation: str
    method: str
    path: str


def remember(called: CalledOn, client: Client | None, refusal: Forbidden | NotAuthenticated) -> str | None:
    """Keep a refusal; the id under which it is found, ``None`` where it could not be kept.

    ``client`` is ``None`` where the token did not tell.
    """
    kept = Remembered(
        request_id=request_id(),
        moment=timezone.now(),
        method=called.method,
        path=called.path,
        code=refusal.code,
        explanation=_explained(called, client, refusal),
    )
    try:
        cast("ScopedRedisCache", cache).keep_latest(
            _key(kept.request_id),
            asdict(kept),
            group=_group(kept.explanation),
            limit=KEPT_PER_CLIENT,
            timeout=RETENTION_SECONDS,
        )
    except RedisError:
        return None
    return kept.request_id


def recall(wanted: UUID) -> Remembered | None:
    """The refusal of a request of this municipality; raises ``Unavailable`` while Redis is away."""
    try:
        kept: dict[str, Any] | None = cache.get(_key(str(wanted)))
    except RedisError as error:
        raise Unavailable("Weigeringen zijn nu niet op te vragen.") from error
    if kept is None:
        return None
    return Remembered(**{**kept, "explanation": restored(kept["explanation"])})


def _explained(called: CalledOn, client: Client | None, refusal: Forbidden | NotAuthenticated) -> Explanation:
    if isinstance(refusal, NotAuthenticated):
        return explain_stranger(called.resource, called.operation, refusal.client_id, refusal)
    return explain(called.resource, called.operation, client or NOBODY, refusal.judged, refusal)


def _key(wanted: str) -> str:
    return f"refusal:{wanted}"


def _group(explanation: Explanation) -> str:
    """Whose refusals make room; a name on a token that is not valid is anybody's to write."""
    return "refusals" if explanation.step == Step.TOKEN else f"refusals:{explanation.client_id}"
