from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tenants.registry.context import for_each_municipality, in_municipality
from tenants.registry.models import Municipality
from tenants.registry.tasks import PROBED_AT, probe

Lines = Callable[[], list[dict[str, Any]]]

VENDOR = {"host": "localhost"}


@pytest.fixture
def no_probes(db: None) -> Iterator[None]:
    forget_probes()
    yield
    forget_probes()


def forget_probes() -> None:
    for _ in for_each_municipality():
        cache.delete(PROBED_AT)


def test_it_lives_without_a_database(client: Client) -> None:
    assert client.get("/livez", headers=VENDOR).json() == {"status": "ok"}


def test_it_is_ready_with_a_database_and_redis(client: Client, db: None) -> None:
    response = client.get("/readyz", headers=VENDOR)

    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": "ok", "redis": "ok"})


def test_without_redis_it_is_not_ready(client: Client, db: None, settings: Settings) -> None:
    nowhere = {"BACKEND": "tenants.registry.cache.ScopedRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": nowhere, "public": nowhere}

    response = client.get("/readyz", headers=VENDOR)

    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "ok", "redis": "unavailable"}


def test_without_probes_the_worker_is_not_ready(client: Client, no_probes: None) -> None:
    response = client.get("/readyz/worker", headers=VENDOR)

    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "late": 2}


def test_the_worker_is_ready_when_every_municipality_was_probed(client: Client, no_probes: None) -> None:
    for _ in for_each_municipality():
        probe.apply()

    response = client.get("/readyz/worker", headers=VENDOR)

    assert (response.status_code, response.json()) == (200, {"status": "ok", "late": 0})


def test_a_probe_that_is_too_old_does_not_count_and_the_log_alone_says_whose(
    client: Client, no_probes: None, haarlem: Municipality, logged: Lines
) -> None:
    for _ in for_each_municipality():
        probe.apply()
    with in_municipality(haarlem):
        cache.set(PROBED_AT, timezone.now() - timedelta(hours=1))

    response = client.get("/readyz/worker", headers=VENDOR)

    assert (response.status_code, response.json()["late"]) == (503, 1)
    assert "haarlem" not in response.content.decode()
    assert [line["municipalities"] for line in logged() if line["event"] == "probes_late"] == [["haarlem"]]


def test_a_municipality_does_not_show_the_health_of_the_deployment(client: Client, db: None) -> None:
    assert client.get("/readyz/worker", headers={"host": "haarlem.localhost"}).status_code == 404


def test_health_is_only_read(client: Client) -> None:
    assert client.post("/livez", headers=VENDOR).status_code == 405


def test_without_redis_nobody_knows_of_the_worker(client: Client, db: None, settings: Settings) -> None:
    nowhere = {"BACKEND": "tenants.registry.cache.ScopedRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": nowhere, "public": nowhere}

    response = client.get("/readyz/worker", headers=VENDOR)

    assert (response.status_code, response.json()) == (503, {"status": "unavailable", "redis": "unavailable"})
