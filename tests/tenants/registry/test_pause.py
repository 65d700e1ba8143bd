"""With Redis away or frozen one request waits a moment, and the others not at all."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import caches
from pytest_django import Settings
from redis.exceptions import RedisError

from tenants.registry import pause
from tests.proxy import Proxy

DEPLOYED = {**settings.CACHE_OPTIONS}
A_MOMENT_SECONDS = 5 * DEPLOYED["socket_timeout"]
AT_ONCE_SECONDS = DEPLOYED["socket_timeout"]

Monkey = pytest.MonkeyPatch


@pytest.fixture
def proxied(db: None, settings: Settings) -> Iterator[Proxy]:
    """What stands between the web and its Redis."""
    place = urlsplit(settings.REDIS_URL)
    proxy = Proxy(place.hostname or "", place.port or 0)
    credentials, at, _ = place.netloc.rpartition("@")
    url = place._replace(netloc=f"{credentials}{at}127.0.0.1:{proxy.port}").geturl()
    settings.CACHES = {
        name: {**each, "LOCATION": url, "OPTIONS": DEPLOYED} for name, each in settings.CACHES.items()
    }
    yield proxy
    proxy.close()


def outage(proxy: Proxy, kind: str) -> AbstractContextManager[None]:
    return {"away": proxy.away, "frozen": proxy.frozen}[kind]()


def seconds_of_failing() -> float:
    started = time.monotonic()
    with pytest.raises(RedisError):
        caches["public"].get("anything")
    return time.monotonic() - started


@pytest.mark.parametrize("kind", ["away", "frozen"])
def test_who_notices_waits_a_moment_and_who_comes_next_not_at_all(proxied: Proxy, kind: str) -> None:
    caches["public"].get("anything")
    with outage(proxied, kind):
        assert seconds_of_failing() < A_MOMENT_SECONDS
        assert seconds_of_failing() < AT_ONCE_SECONDS


def test_who_connects_for_the_first_time_waits_no_longer(proxied: Proxy) -> None:
    with proxied.frozen():
        assert seconds_of_failing() < A_MOMENT_SECONDS


@pytest.mark.parametrize("kind", ["away", "frozen"])
def test_after_the_pause_it_is_asked_again(proxied: Proxy, monkeypatch: Monkey, kind: str) -> None:
    monkeypatch.setattr(pause, "PAUSE_SECONDS", 0)
    with outage(proxied, kind):
        seconds_of_failing()
    assert caches["public"].get("anything") is None


def test_a_connection_that_broke_meanwhile_is_noticed_by_nobody(proxied: Proxy) -> None:
    caches["public"].get("anything")
    proxied.cut()
    assert caches["public"].get("anything") is None


def test_another_server_is_not_left_alone(proxied: Proxy, settings: Settings) -> None:
    with proxied.frozen():
        seconds_of_failing()
    settings.CACHES = {
        name: {**each, "LOCATION": settings.REDIS_URL} for name, each in settings.CACHES.items()
    }
    assert caches["public"].get("anything") is None
