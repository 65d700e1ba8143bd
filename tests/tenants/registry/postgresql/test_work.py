"""The limits of each kind of work are those of the connection while it does that work."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import ProgrammingError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from api.catalogi.exchange.operations import IMPORT
from api.pipeline.words.refusals import Invalid
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.postgresql.work import LIMITS, Work
from tests.api.client import api_with_all_rights
from tests.conftest import Connected, municipality
from tests.proxy import Proxy

RUNNING = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"


def limits() -> dict[str, int]:
    """In seconds, as the server has them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting::int / 1000 FROM pg_settings WHERE name = ANY (%s)", [[*LIMITS]])
        return dict(cursor.fetchall())


@pytest.mark.parametrize("work", Work)
def test_every_kind_of_work_has_limits(haarlem: Municipality, work: Work) -> None:
    with in_municipality(haarlem), connection.doing(work):
        assert limits() == settings.DATABASE_LIMITS[work]


@pytest.mark.parametrize("work", [Work.READ, Work.WRITE, Work.IMPORT, Work.JOB])
def test_whoever_serves_has_no_work_without_an_end(work: Work) -> None:
    assert all(work.limits.values())


def test_a_migration_soon_stops_waiting_for_a_lock() -> None:
    assert 0 < Work.MIGRATION.lock_seconds <= Work.READ.lock_seconds


def test_afterwards_the_former_limits_hold(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        connection.take_on(Work.WRITE)
        with pytest.raises(ZeroDivisionError), connection.doing(Work.IMPORT):
            raise ZeroDivisionError
        assert limits() == Work.WRITE.limits


@pytest.mark.parametrize("within_another", [False, True], ids=["transaction", "savepoint"])
def test_a_rollback_does_not_lose_them(app_connection: Connected, *, within_another: bool) -> None:
    """The statement that takes them may be the first of a transaction, which takes it back when it fails."""
    with app_connection(), in_municipality(municipality("haarlem")):
        limits()
        with transaction.atomic() if within_another else nullcontext():
            if within_another:
                limits()
            connection.take_on(Work.IMPORT)
            with transaction.atomic():
                assert limits() == Work.IMPORT.limits
                transaction.set_rollback(True)
            assert limits() == Work.IMPORT.limits
            with pytest.raises(ProgrammingError), transaction.atomic():
                run("SELECT nothing")
            assert limits() == Work.IMPORT.limits


def test_an_import_that_is_refused_keeps_its_limits_to_the_end(
    committing: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    after: list[dict[str, int]] = []

    def import_nothing(*_: Any) -> Any:
        with transaction.atomic():
            run("SELECT 1")
            transaction.set_rollback(True)
        after.append(limits())
        raise Invalid([])

    monkeypatch.setattr("api.catalogi.exchange.operations.import_archive", import_nothing)
    monkeypatch.setattr("api.catalogi.resources.catalogus.read_archive", lambda *_: None)
    api = api_with_all_rights(committing)
    answer = api.http.post(
        "/catalogi/api/v1/catalogussen/import",
        b"a zip",
        content_type="application/zip",
        headers={"Authorization": f"Bearer {api.token()}", "Host": api.host},
    )
    assert (answer.status_code, after) == (400, [Work.IMPORT.limits])


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_they_hold_from_the_first_statement_on(app_connection: Connected) -> None:
    with app_connection():
        connection.connect()
        with connection.connection.cursor() as bare:
            bare.execute("SHOW statement_timeout")
            assert bare.fetchone() == (f"{Work.READ.statement_seconds}s",)


def test_the_owner_commands(owner_connection: Connected) -> None:
    with owner_connection():
        assert limits() == Work.COMMAND.limits


@pytest.mark.parametrize(("method", "work"), [("GET", Work.READ), ("HEAD", Work.READ), ("POST", Work.WRITE)])
def test_the_method_says_what_a_request_does(
    client: Client, haarlem: Municipality, method: str, work: Work
) -> None:
    client.generic(method, "/zaken/api/v1/zaken", headers={"host": "haarlem.localhost"})
    assert connection.work is work


def test_an_import_has_limits_of_its_own() -> None:
    assert IMPORT.work is Work.IMPORT
    assert Work.IMPORT.limits != Work.WRITE.limits


def test_limits_cost_no_statement(
    client: Client, haarlem: Municipality, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/", headers={"host": "haarlem.localhost"})
    with django_assert_num_queries(1):
        client.post("/", headers={"host": "haarlem.localhost"})


def test_a_statement_ends_when_nobody_waits_for_it_any_more(proxied: Proxy) -> None:
    worker = psycopg2.connect(**connection.get_connection_params())
    pid = worker.info.backend_pid
    with ThreadPoolExecutor() as executor:
        asked = executor.submit(worker.cursor().execute, "SELECT pg_sleep(10)")
        time.sleep(0.2)
        proxied.cut()
        with pytest.raises(psycopg2.OperationalError):
            asked.result()
    assert ends_within(4, pid)


def ends_within(seconds: float, pid: int) -> bool:
    ends = time.monotonic() + seconds
    with connection.cursor() as cursor:
        while time.monotonic() < ends:
            cursor.execute(RUNNING, [pid])
            if cursor.fetchone() == (0,):
                return True
            time.sleep(0.1)
    return False
