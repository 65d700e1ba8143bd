"""The probe: shows that jobs come through, in each municipality."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from tenants.registry.context import for_each_municipality

PROBED_AT = "probed-at"


@shared_task(for_vendor=True)
def probe_fleet() -> None:
    """Send each municipality its probe; one that waited longer than the next is of no use."""
    for _ in for_each_municipality():
        probe.apply_async(expires=settings.PROBE_INTERVAL_SECONDS)


@shared_task
def probe() -> None:
    """Note that this moment's worker reached this municipality's schema and cache."""
    cache.set(PROBED_AT, timezone.now(), timeout=None)


def patience() -> timedelta:
    """In which three probes come."""
    return timedelta(seconds=3 * settings.PROBE_INTERVAL_SECONDS)


def is_late(age: timedelta | None) -> bool:
    """Three probes were missed, or none ever ran."""
    return age is None or age >= patience()


def silent(schemas: Iterable[str], now: datetime) -> frozenset[str]:
    """Those of these municipalities whose probes are late; asked at once, for the vendor."""
    asked = list(schemas)
    probed: dict[str, datetime] = cache.of_each(PROBED_AT, asked)  # type: ignore[attr-defined]  # of our own cache
    return frozenset(
        schema for schema in asked if is_late(now - probed[schema] if schema in probed else None)
    )


def time_since_probe(now: datetime) -> timedelta | None:
    """How long ago the current municipality's last probe ran; None where none ever did."""
    probed_at: datetime | None = cache.get(PROBED_AT)
    return None if probed_at is None else now - probed_at
