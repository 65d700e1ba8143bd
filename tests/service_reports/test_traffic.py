"""Requests are counted by municipality and minute, and cost no request a question."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django.fixtures import Settings
from redis.exceptions import RedisError

from service_reports import traffic
from service_reports.traffic import count_request, hand_over, take, taken_over
from tenants.registry.cache import ScopedRedisCache
from tenants.registry.models import Municipality
from tenants.registry.probe_pass import PROBE_HEADER, PROBE_PATH, probe_pass
from tenants.registry.running import too_busy

HAARLEM = {"host": "haarlem.localhost"}

pytestmark = pytest.mark.django_db


def break_down(request: HttpRequest) -> HttpResponse:
    raise ValueError


class BreakingUrls:
    urlpatterns = [path("zaken", break_down)]
    handler500 = "api.pipeline.http.errors.server_error"


@pytest.fixture(autouse=True)
def nothing_counted(haarlem: Municipality) -> Iterator[None]:
    take()
    caches["public"].clear()
    yield
    take()
    caches["public"].clear()


def test_a_request_counts_for_its_municipality(client: Client, haarlem: Municipality) -> None:
    client.get("/zaken", headers=HAARLEM)
    client.get("/livez", headers={"host": "localhost"})

    assert take() == {haarlem.pk: [1, 0]}


def test_a_fault_of_ours_counts_as_one(haarlem: Municipality, settings: Settings) -> None:
    settings.ROOT_URLCONF = BreakingUrls

    Client(raise_request_exception=False).get("/zaken", headers=HAARLEM)

    assert take() == {haarlem.pk: [1, 1]}


def test_who_asks_more_than_his_share_makes_no_fault_of_ours(
    client: Client, haarlem: Municipality, settings: Settings
) -> None:
    settings.RUNNING_STRANGERS = 0

    assert client.get("/", headers=HAARLEM).status_code == 503
    assert take() == {haarlem.pk: [1, 0]}


def test_who_left_before_the_answer_makes_no_fault_of_ours(haarlem: Municipality) -> None:
    with patch.object(traffic, "asker_left", lambda: True):
        count_request(haarlem.pk, HttpResponse(status=503))

    assert take() == {haarlem.pk: [1, 0]}


@pytest.mark.parametrize(("status", "failed"), [(499, 0), (500, 1), (503, 1), (200, 0)])
def test_what_a_status_counts_as(haarlem: Municipality, status: int, failed: int) -> None:
    count_request(haarlem.pk, HttpResponse(status=status))

    assert take() == {haarlem.pk: [1, failed]}


def test_a_refusal_for_lack_of_places_is_marked() -> None:
    assert too_busy().found_no_place is True  # type: ignore[attr-defined]  # for who counts faults


def test_the_probe_itself_does_not_count(client: Client, haarlem: Municipality) -> None:
    client.get(PROBE_PATH, headers={**HAARLEM, PROBE_HEADER: probe_pass()})

    assert take() == {}


def test_what_processes_hand_over_is_added_up_and_taken_once(haarlem: Municipality) -> None:
    for status in (200, 500):
        count_request(haarlem.pk, HttpResponse(status=status))
        hand_over(1000)

    assert taken_over([999, 1000]) == {1000: {haarlem.pk: [2, 1]}}
    assert taken_over([999, 1000]) == {}


def test_what_was_counted_is_handed_over_once(haarlem: Municipality) -> None:
    count_request(haarlem.pk, HttpResponse())
    hand_over(1000)
    hand_over(1001)

    assert taken_over([1000, 1001]) == {1000: {haarlem.pk: [1, 0]}}


def test_without_redis_it_is_forgotten_and_nothing_breaks(haarlem: Municipality) -> None:
    count_request(haarlem.pk, HttpResponse())

    with patch.object(ScopedRedisCache, "count_up", side_effect=RedisError):
        hand_over(1000)

    assert take() == {}


def test_counting_loses_nothing_between_threads(haarlem: Municipality) -> None:
    def count() -> None:
        for _ in range(2000):
            count_request(haarlem.pk, HttpResponse())

    threads = [threading.Thread(target=count) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert take() == {haarlem.pk: [8000, 0]}
