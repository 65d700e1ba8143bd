"""Each minute as it is asked, kept and written down; what was not measured stays a gap."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from redis.exceptions import RedisError

from service_reports import measuring, probing
from service_reports.measuring import fleet, forget_old, is_failing, measure, write_down, write_traffic
from service_reports.models import Minutes
from service_reports.models.minutes import Measured
from service_reports.probing import Asked, Front, NotOurFront, answers, front_at, probe_all
from tenants.registry.models import Municipality
from tenants.registry.probe_pass import PROBE_HEADER, PROBE_PATH, probe_pass

AT = datetime(2026, 11, 2, 9, 5, 30, tzinfo=UTC)
MINUTE = int(AT.timestamp()) // 60
HOUR = datetime(2026, 11, 2, 9, tzinfo=UTC)
NOWHERE = Front("127.0.0.1", 9)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(haarlem: Municipality, utrecht: Municipality) -> Iterator[None]:
    """The test deployment shares its Redis with others; its keys carry the name of its database."""
    caches["public"].clear()
    yield
    caches["public"].clear()


def states_of(municipality: Municipality) -> str:
    return Minutes.objects.get(municipality=municipality, hour=HOUR).states


def asked(count: int) -> list[Asked]:
    return [Asked(each, f"g{each}.localhost", f"G{each}") for each in range(count)]


# The pass ---------------------------------------------------------------------------------------


def test_what_was_found_stands_at_its_minute(haarlem: Municipality, utrecht: Municipality) -> None:
    found = {haarlem.pk: Measured.UP, utrecht.pk: Measured.DOWN}
    with patch.object(measuring, "probe_all", lambda *_, **__: found):
        measure(AT)

    assert states_of(haarlem) == "." * 5 + "u" + "." * 54
    assert states_of(utrecht) == "." * 5 + "d" + "." * 54


def test_a_minute_is_measured_once(haarlem: Municipality) -> None:
    write_down({MINUTE: {haarlem.pk: "d"}})
    write_down({MINUTE: {haarlem.pk: "u"}, MINUTE + 1: {haarlem.pk: "u"}})

    assert states_of(haarlem) == "." * 5 + "du" + "." * 53


@pytest.mark.parametrize(("minute", "place"), [(0, 0), (59, 59)])
def test_the_first_and_the_last_minute_of_an_hour_are_of_that_hour(
    haarlem: Municipality, minute: int, place: int
) -> None:
    write_down({int(HOUR.timestamp()) // 60 + minute: {haarlem.pk: "u"}})

    assert states_of(haarlem).index("u") == place


def test_one_that_was_removed_meanwhile_holds_up_no_other(haarlem: Municipality) -> None:
    write_down({MINUTE: {haarlem.pk: "u", 0: "u"}})
    write_traffic({MINUTE: {haarlem.pk: [30, 20], 0: [30, 20]}})

    assert states_of(haarlem)[5] == "f"
    assert Minutes.objects.count() == 1


def test_all_municipalities_are_written_by_one_statement(
    haarlem: Municipality, utrecht: Municipality, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):  # after who is there still
        write_down({MINUTE: {haarlem.pk: "u", utrecht.pk: "u"}})


def test_an_outage_of_the_database_is_measured_as_well(haarlem: Municipality) -> None:
    found = {haarlem.pk: Measured.DOWN}
    with patch.object(measuring, "probe_all", lambda *_, **__: found):
        with patch.object(measuring, "write_down", side_effect=DatabaseError):
            measure(AT)
        assert not Minutes.objects.exists()
        measure(AT + timedelta(minutes=2))

    assert states_of(haarlem) == "." * 5 + "d.d" + "." * 52


def test_without_a_database_those_are_asked_that_were_known(haarlem: Municipality) -> None:
    known = fleet()
    with patch.object(Municipality.objects, "filter", side_effect=DatabaseError):
        assert fleet() == known

    assert {each.municipality for each in known} >= {haarlem.pk}


def test_without_redis_the_minute_is_written_at_once(haarlem: Municipality) -> None:
    found = {haarlem.pk: Measured.UP}
    with (
        patch.object(measuring, "probe_all", lambda *_, **__: found),
        patch.object(measuring, "_keep", side_effect=RedisError),
    ):
        measure(AT)

    assert states_of(haarlem)[5] == "u"


@pytest.mark.parametrize(
    ("status", "is_asked"),
    [("actief", True), ("beperkt", True), ("in_exit", True), ("in_inrichting", False), ("beeindigd", False)],
)
def test_only_who_should_be_served_is_asked(haarlem: Municipality, status: str, is_asked: bool) -> None:
    Municipality.objects.filter(pk=haarlem.pk).update(status=status)

    assert (haarlem.pk in {each.municipality for each in fleet()}) is is_asked


def test_without_a_front_nothing_is_measured(settings: Settings) -> None:
    settings.PROBE_URL = "ftp://127.0.0.1"

    assert measure(AT) == {}
    assert not Minutes.objects.exists()


def test_what_is_too_old_for_any_report_is_forgotten(haarlem: Municipality) -> None:
    now = timezone.now()
    for days in (399, 401):
        Minutes.objects.create(municipality=haarlem, hour=now - timedelta(days=days))

    forget_old(now)

    assert Minutes.objects.count() == 1


# Requests of others -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("requests", "failures", "failing"),
    [(20, 2, False), (20, 3, True), (19, 19, False), (0, 0, False), (1000, 100, False), (1000, 101, True)],
)
def test_a_minute_fails_where_more_than_a_tenth_of_enough_requests_did(
    requests: int, failures: int, failing: bool
) -> None:
    assert is_failing(requests, failures) is failing


def test_a_minute_that_was_up_is_not_where_requests_failed(
    haarlem: Municipality, utrecht: Municipality
) -> None:
    write_down({MINUTE: {haarlem.pk: "u", utrecht.pk: "u"}})

    write_traffic({MINUTE: {haarlem.pk: [40, 20], utrecht.pk: [40, 1]}})

    assert states_of(haarlem)[5] == "f"
    assert states_of(utrecht)[5] == "u"
    hour = Minutes.objects.get(municipality=haarlem)
    assert (hour.requests, hour.failures) == (40, 20)


def test_requests_make_no_measurement_of_a_gap(haarlem: Municipality) -> None:
    write_traffic({MINUTE: {haarlem.pk: [40, 0]}})
    write_traffic({MINUTE: {haarlem.pk: [2, 1]}})

    hour = Minutes.objects.get(municipality=haarlem)
    assert (hour.states, hour.requests, hour.failures) == ("." * 60, 42, 1)


def test_what_failed_with_the_probe_stays_down(haarlem: Municipality) -> None:
    write_down({MINUTE: {haarlem.pk: "d"}})
    write_traffic({MINUTE: {haarlem.pk: [40, 40]}})

    assert states_of(haarlem)[5] == "d"


# The probe --------------------------------------------------------------------------------------


def test_who_does_not_answer_is_asked_once_more() -> None:
    seen: list[int] = []

    def ask(_front: Front, each: Asked) -> bool:
        seen.append(each.municipality)
        return seen.count(each.municipality) > each.municipality

    with patch.object(probing, "BETWEEN_SECONDS", 0):
        found = probe_all(asked(3), NOWHERE, ask=ask)

    assert found == {0: Measured.UP, 1: Measured.UP, 2: Measured.DOWN}


def test_342_municipalities_are_asked_in_well_under_half_a_minute() -> None:
    running, most = [0], [0]
    lock = threading.Lock()

    def ask(_front: Front, _each: Asked) -> bool:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.02)
        with lock:
            running[0] -= 1
        return True

    started = time.monotonic()
    found = probe_all(asked(342), NOWHERE, ask=ask)

    assert len(found) == 342
    assert time.monotonic() - started < 15
    assert most[0] <= probing.AT_ONCE


def test_who_was_not_asked_before_the_deadline_was_not_measured() -> None:
    def ask(_front: Front, _each: Asked) -> bool:
        time.sleep(0.3)
        return True

    with patch.object(probing, "AT_ONCE", 1), patch.object(probing, "DEADLINE_SECONDS", 0.1):
        found = probe_all(asked(5), NOWHERE, ask=ask)

    assert 1 <= len(found) < 5


class FakeFront(BaseHTTPRequestHandler):
    """Answers by the host that is asked."""

    heard: list[tuple[str, str, str]] = []

    def do_GET(self) -> None:
        host = self.headers["Host"]
        self.heard.append((host, self.path, self.headers[PROBE_HEADER]))
        if host == "silent.localhost":
            time.sleep(1)
        status = 503 if host == "broken.localhost" else 200
        name = "Utrecht" if host == "other.localhost" else "Haarlem"
        body = b"<html>" if host == "strange.localhost" else json.dumps({"naam": name}).encode()
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def front() -> Iterator[Front]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), FakeFront)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    FakeFront.heard.clear()
    yield Front("127.0.0.1", server.server_port)
    server.shutdown()


@pytest.mark.parametrize(
    ("host", "is_up"),
    [
        ("haarlem.localhost", True),
        ("other.localhost", False),
        ("broken.localhost", False),
        ("strange.localhost", False),
        ("silent.localhost", False),
    ],
)
def test_only_this_very_municipality_answers_for_itself(front: Front, host: str, is_up: bool) -> None:
    with patch.object(probing, "TIMEOUT_SECONDS", 0.5):
        assert answers(front, Asked(1, host, "Haarlem")) is is_up

    assert FakeFront.heard[0][:2] == (host, PROBE_PATH)


def test_nobody_listens() -> None:
    assert not answers(NOWHERE, Asked(1, "haarlem.localhost", "Haarlem"))


@pytest.mark.parametrize("url", ["http://1.1.1.1:80", "http://[2606:4700:4700::1111]"])
def test_no_address_of_somebody_else_is_asked(url: str) -> None:
    with pytest.raises(NotOurFront):
        front_at(url)


@pytest.mark.parametrize("url", ["https://127.0.0.1", "ftp://127.0.0.1", "127.0.0.1:80", ""])
def test_what_is_no_front_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="front"):
        front_at(url)


def test_the_front_is_where_the_deployment_says() -> None:
    assert front_at("http://127.0.0.1:8123") == Front("127.0.0.1", 8123)
    assert front_at(settings.PROBE_URL).address == "127.0.0.1"


# What is asked ----------------------------------------------------------------------------------


def test_a_municipality_that_is_served_says_so(client: Client, haarlem: Municipality) -> None:
    response = client.get(PROBE_PATH, headers={"host": "haarlem.localhost", PROBE_HEADER: probe_pass()})

    assert (response.status_code, response.json()) == (200, {"status": "ok", "naam": "Haarlem"})


def test_a_municipality_whose_schema_is_away_is_not_served(client: Client, haarlem: Municipality) -> None:
    with patch("zaakplein.health.ClientId.objects") as gone:
        gone.exists.side_effect = DatabaseError("relation does not exist")
        client.raise_request_exception = False
        response = client.get(PROBE_PATH, headers={"host": "haarlem.localhost", PROBE_HEADER: probe_pass()})

    assert response.status_code >= 500


def test_strangers_cannot_make_a_municipality_look_down(
    client: Client, haarlem: Municipality, settings: Settings
) -> None:
    settings.RUNNING_STRANGERS = 0
    of_a_stranger = {"host": "haarlem.localhost"}

    assert client.get(PROBE_PATH, headers=of_a_stranger).status_code == 503
    assert client.get(PROBE_PATH, headers={**of_a_stranger, PROBE_HEADER: "probe:x:y"}).status_code == 503
    assert client.get(PROBE_PATH, headers={**of_a_stranger, PROBE_HEADER: probe_pass()}).status_code == 200
