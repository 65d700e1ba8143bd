"""How many requests of each municipality there were, and how many ended with a fault of ours.

A request adds one in the memory of its process. Each minute a thread of that process hands over what was
counted: no request waits for it, and where it cannot be handed over, it is forgotten.
"""

from __future__ import annotations

import time
from threading import Lock, Thread

import structlog
from django.core.cache import caches
from django.http import HttpResponseBase
from redis.exceptions import RedisError

from tenants.registry.postgresql.waiting import asker_left

MINUTE = 60
KEPT_SECONDS = 3600
FAULTS_FROM = 500
REQUESTS, FAILURES = "r", "f"

logger = structlog.get_logger(__name__)

Counts = dict[int, list[int]]
"""By municipality how many requests, and how many failures among them."""

_lock = Lock()
_counts: Counts = {}


def count_request(municipality: int, response: HttpResponseBase) -> None:
    failed = response.status_code >= FAULTS_FROM and is_fault(response)
    with _lock:
        counted = _counts.setdefault(municipality, [0, 0])
        counted[0] += 1
        counted[1] += failed


def is_fault(response: HttpResponseBase) -> bool:
    """A failure is ours, but where somebody asked more than his share, or left before the answer."""
    return not getattr(response, "found_no_place", False) and not asker_left()


def hand_over_each_minute() -> None:
    """In this process, from now on; for a server of the web, once it was forked."""
    Thread(target=_hand_over, name="traffic", daemon=True).start()


def hand_over(minute: int) -> None:
    """Add what was counted so far to that minute, a number of minutes since 1970."""
    counted = take()
    if not counted:
        return
    named = {
        f"{municipality}:{what}": count
        for municipality, both in counted.items()
        for what, count in zip((REQUESTS, FAILURES), both, strict=True)
        if count
    }
    try:
        caches["public"].count_up({key_of(minute): named}, timeout=KEPT_SECONDS)  # type: ignore[attr-defined]  # of our own cache
    except RedisError:
        logger.warning("traffic_forgotten", minute=minute)


def take() -> Counts:
    global _counts  # replaced as a whole
    with _lock:
        taken, _counts = _counts, {}
    return taken


def taken_over(minutes: list[int]) -> dict[int, Counts]:
    """What all processes handed over of these minutes, which is then theirs no more. Raises RedisError."""
    found = caches["public"].take_counts([key_of(each) for each in minutes])  # type: ignore[attr-defined]  # as above
    return {minute: _read(named) for minute, named in zip(minutes, found, strict=True) if named}


def key_of(minute: int) -> str:
    return f"traffic:{minute}"


def _read(named: dict[str, int]) -> Counts:
    counts: Counts = {}
    for name, count in named.items():
        municipality, what = name.split(":")
        counts.setdefault(int(municipality), [0, 0])[what == FAILURES] += count
    return counts


def _hand_over() -> None:
    while True:
        minute = int(time.time()) // MINUTE
        time.sleep(max(0, (minute + 1) * MINUTE - time.time()))
        hand_over(minute)
