"""While Haarlem does its worst, Utrecht is answered: with the front and the web as production runs them.

A lock on Haarlem's zaken stands for requests that take long.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

import jwt
import psycopg2
import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection

from tenants.accounts.session_store import SessionStore
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.postgresql.work import Work
from tests.conftest import Connected
from tests.infra.raw import Answer, ask, connected, request
from tests.live import ADDRESSES, SECRET, Live

Deployment = list[dict[str, str]]

QUICKLY = 3.0
"""Seconds within which a request is answered that nobody stops, on a machine that others use too.

Whoever is stopped waits for a limit, of which the shortest is five seconds.
"""
PATIENCE_SECONDS = 30


@pytest.fixture
def callers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=40) as pool:
        yield pool


@contextmanager
def locked(table: str = "haarlem.zaken_zaak") -> Iterator[None]:
    """Nobody reads it meanwhile."""
    database = connection.settings_dict
    owner = settings.DATABASE_LOGINS["owner"]
    keeper = psycopg2.connect(
        host=database["HOST"],
        port=database["PORT"],
        dbname=database["NAME"],
        user=owner["USER"],
        password=owner["PASSWORD"],
    )
    try:
        keeper.cursor().execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield
    finally:
        keeper.close()


def zaken(live: Live, schema: str) -> Answer:
    return ask(live.port, head_of_zaken(), address=ADDRESSES[schema])


def head_of_zaken() -> str:
    token = jwt.encode({"client_id": "balie", "iat": int(time.time())}, SECRET, algorithm="HS256")
    return f"GET /zaken/api/v1/zaken HTTP/1.1\nAuthorization: Bearer {token}\nAccept-Crs: EPSG:4326"


def seconds_of(live: Live, schema: str) -> float:
    started = time.monotonic()
    assert zaken(live, schema).status == 200
    return time.monotonic() - started


def slow_requests(live: Live, callers: ThreadPoolExecutor, number: int) -> list[Future[Answer]]:
    return [callers.submit(zaken, live, "haarlem") for _ in range(number)]


def waiting_for_the_lock() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        (number,) = cursor.fetchone()
    return int(number)


def settle(number: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while waiting_for_the_lock() != number:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def workers(live: Live) -> list[int]:
    """The processes of the web under the launcher's first child."""
    (master, *_) = children(live.process.pid)
    return children(master)


def children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def test_slow_legal_requests_hold_a_share_and_no_more(
    live: Live, deployment: Deployment, callers: ThreadPoolExecutor, app_connection: Connected
) -> None:
    share = settings.RUNNING_PER_APPLICATION
    with app_connection(), locked():
        slow = slow_requests(live, callers, 30)
        settle(share)
        assert max(seconds_of(live, "utrecht") for _ in range(5)) < QUICKLY
        refused = [each.result() for each in islice(as_completed(slow), 30 - share)]

    assert {(each.status, each.headers["retry-after"]) for each in refused} == {(503, "1")}
    assert Counter(each.result().status for each in slow) == {200: share, 503: 30 - share}


@pytest.mark.parametrize("token", ["", "\nAuthorization: Bearer anything"], ids=["no token", "a false one"])
def test_strangers_leave_a_municipality_to_its_applications(
    live: Live, deployment: Deployment, callers: ThreadPoolExecutor, app_connection: Connected, token: str
) -> None:
    """What they ask is open to everybody, and takes long."""
    head = f"GET /selectielijst/api/v1/resultaten HTTP/1.1{token}"
    with app_connection(), locked("public.selectielijst_resultaat"):
        slow = [callers.submit(ask, live.port, head, address=ADDRESSES["haarlem"]) for _ in range(30)]
        settle(settings.RUNNING_STRANGERS)
        refused = [each.result() for each in islice(as_completed(slow), 30 - settings.RUNNING_STRANGERS)]
        assert max(seconds_of(live, "haarlem") for _ in range(5)) < QUICKLY
        assert max(seconds_of(live, "utrecht") for _ in range(5)) < QUICKLY

    assert {(each.status, each.headers["retry-after"]) for each in refused} == {(503, "1")}
    assert Counter(each.result().status for each in slow)[200] == settings.RUNNING_STRANGERS


def test_strangers_leave_a_console_to_who_is_signed_in(
    live: Live, deployment: Deployment, callers: ThreadPoolExecutor, app_connection: Connected
) -> None:
    """The page of signing in is asked for without end."""
    with in_municipality(Municipality.objects.get(schema_name="haarlem")):
        session = SessionStore()
        session[SESSION_KEY] = "0"
        session.save()
    signed_in = f"GET /beheer/ HTTP/1.1\nCookie: {settings.SESSION_COOKIE_NAME}={session.session_key}"
    login = "GET /beheer/account/login/ HTTP/1.1"
    with app_connection(), locked("haarlem.socialaccount_socialapp"):
        slow = [callers.submit(ask, live.port, login, address=ADDRESSES["haarlem"]) for _ in range(12)]
        settle(settings.RUNNING_STRANGERS)
        answers = {ask(live.port, signed_in, address=ADDRESSES["haarlem"]).status for _ in range(10)}

    assert answers == {302}
    refused = next(each for each in (waited.result() for waited in slow) if each.status == 503)
    assert refused.headers["content-type"].startswith("text/html")


def test_what_somebody_asked_who_left_ends_soon(
    live: Live, deployment: Deployment, app_connection: Connected
) -> None:
    """Before a limit of the database would end it, and its place is somebody else's again."""
    with app_connection(), locked():
        for _ in range(settings.RUNNING_PER_APPLICATION + 1):
            with connected(live.port) as caller:
                caller.sendall(request(head_of_zaken()))
                settle(1)
            left = time.monotonic()
            settle(0)
            assert time.monotonic() - left < Work.READ.lock_seconds / 2

    assert seconds_of(live, "haarlem") < QUICKLY


def test_eight_at_once_are_all_answered(
    live: Live, deployment: Deployment, callers: ThreadPoolExecutor
) -> None:
    answers = list(callers.map(lambda _: zaken(live, "haarlem").status, range(8)))

    assert answers == [200] * 8


def test_what_a_killed_worker_ran_counts_no_more(
    live: Live, deployment: Deployment, callers: ThreadPoolExecutor, app_connection: Connected
) -> None:
    with app_connection(), locked():
        slow = slow_requests(live, callers, settings.RUNNING_PER_APPLICATION)
        settle(settings.RUNNING_PER_APPLICATION)
        for worker in workers(live):
            os.kill(worker, signal.SIGKILL)
        assert {each.result().status for each in slow} == {502}
        assert {json.loads(each.result().body)["code"] for each in slow} == {"bad-gateway"}

    assert seconds_of(live, "haarlem") < PATIENCE_SECONDS
    assert seconds_of(live, "utrecht") < PATIENCE_SECONDS


HALF_HEAD = b"GET /zaken/api/v1/zaken HTTP/1.1\r\nHost: 127.0.0.2\r\n"
HALF_BODY = request("POST /zaken/api/v1/zaken HTTP/1.1\nContent-Type: application/json\nContent-Length: 900")


@pytest.mark.parametrize(
    ("sent", "number"),
    [(b"", 100), (HALF_HEAD, 100), (HALF_BODY + b"{", 50)],
    ids=["idle sockets", "half heads", "stalled bodies"],
)
def test_who_sends_nothing_more_stops_nobody(
    live: Live, deployment: Deployment, sent: bytes, number: int
) -> None:
    with ExitStack() as stack:
        for _ in range(number):
            stack.enter_context(connected(live.port)).sendall(sent)

        assert max(seconds_of(live, "utrecht") for _ in range(5)) < QUICKLY
        assert seconds_of(live, "haarlem") < QUICKLY


def test_past_the_outer_bound_of_a_host_the_front_refuses(live: Live, deployment: Deployment) -> None:
    with ExitStack() as stack:
        for _ in range(100):
            stack.enter_context(connected(live.port)).sendall(HALF_BODY)
        time.sleep(0.5)
        refused = zaken(live, "haarlem")

        assert (refused.status, refused.headers["retry-after"]) == (503, "1")
        assert refused.json()["code"] == "too-many-requests-at-once"
        assert seconds_of(live, "utrecht") < QUICKLY


def test_who_reads_nothing_stops_nobody(live: Live, deployment: Deployment) -> None:
    with ExitStack() as stack:
        for _ in range(20):
            reader = stack.enter_context(connected(live.port))
            reader.sendall(request("GET /zaken/api/v1/openapi.json HTTP/1.1"))

        assert max(seconds_of(live, "utrecht") for _ in range(5)) < QUICKLY


def test_a_body_that_comes_slowly_is_read(live: Live) -> None:
    body = b'{"a": 1}'
    head = "POST /zaken/api/v1/zaken HTTP/1.1\nContent-Type: application/json"
    with connected(live.port) as caller:
        caller.sendall(request(f"{head}\nContent-Length: {len(body)}"))
        for byte in body:
            caller.sendall(bytes([byte]))
            time.sleep(0.1)

        assert caller.recv(65536).startswith(b"HTTP/1.1 403")
