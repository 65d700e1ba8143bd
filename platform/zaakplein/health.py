"""Whether the deployment lives, can serve, and gets its jobs done; and whether one municipality is served."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.core.cache import caches
from django.db import Error as DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from api.clients.models import ClientId
from tenants.registry.connection import connection
from tenants.registry.context import current_municipality, for_each_municipality
from tenants.registry.tasks import is_late, time_since_probe

logger = structlog.get_logger(__name__)


@require_safe
def livez(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The process answers; it says nothing of what it depends on, so that no outage restarts it."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Requests can be served: 503 names what is missing."""
    parts = {"database": _works(ask_database), "redis": _works(ask_redis)}
    return _answer(
        {part: "ok" if works else "unavailable" for part, works in parts.items()}, ok=all(parts.values())
    )


@require_safe
def readyz_worker(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Jobs come through in every municipality: how many are late. Which ones, the log alone tells."""
    now = timezone.now()
    try:
        ages = {each.schema_name: time_since_probe(now) for each in for_each_municipality()}
    except RedisError as failure:
        logger.warning("not_ready", exc_info=failure)
        return _answer({"redis": "unavailable"}, ok=False)
    late = [schema for schema, age in ages.items() if is_late(age)]
    if late:
        logger.warning("probes_late", municipalities=late)
    return _answer({"late": len(late)}, ok=not late)


@require_safe
def served(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """On a municipality's host: its own schema is read, by its own role. For the probe of each minute."""
    ClientId.objects.exists()
    return JsonResponse({"status": "ok", "naam": current_municipality().naam})


def ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def ask_redis() -> None:
    caches["public"].get("ready")


def _works(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except (DatabaseError, RedisError) as failure:
        logger.warning("not_ready", exc_info=failure)
        return False
    return True


def _answer(found: dict[str, str] | dict[str, int], *, ok: bool) -> JsonResponse:
    return JsonResponse({"status": "ok" if ok else "unavailable", **found}, status=200 if ok else 503)
