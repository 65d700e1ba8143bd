"""With the database away, full, frozen or slow every request is answered soon, and the next one works."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import jwt
import psycopg2
import pytest
from django.conf import settings as deployed
from django.db import DataError, InterfaceError, InternalError, OperationalError, close_old_connections
from django.test import Client
from psycopg2 import errors
from pytest_django import Settings

from api.clients.lookup import find_client
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.postgresql.outages import is_crossed, is_outage, reason_of
from tenants.registry.postgresql.work import Work
from tests.conftest import Connected
from tests.proxy import Proxy

ZAKEN = "/zaken/api/v1/zaken"
PATIENCE_SECONDS = 5
ENDING = "RESET ROLE; SELECT pg_terminate_backend(pg_backend_pid())"
"""The role of a municipality may not end even itself."""

Monkey = pytest.MonkeyPatch
Happens = Callable[[], object]


def ask(path: str = ZAKEN, host: str = "haarlem.localhost", method: str = "GET") -> Any:
    """As somebody whom nobody knows: with a database the answer is 403."""
    token = jwt.encode({"client_id": "somebody"}, "secret" * 8, algorithm="HS256")
    headers = {"Host": host, "Authorization": f"Bearer {token}"}
    answer = Client(raise_request_exception=False).generic(method, path, headers=headers)
    close_old_connections()  # as the web does after each request
    return answer


def assert_unavailable(answer: Any) -> None:
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer.json()["code"] == "unavailable"
    assert int(answer["Retry-After"]) > 0


@contextmanager
def within(seconds: float) -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < seconds


def during_authentication(monkeypatch: Monkey, happens: Happens) -> None:
    """The municipality has been found by then."""

    def find_meanwhile(client_id: str) -> Any:
        happens()
        return find_client(client_id)

    monkeypatch.setattr("api.pipeline.authorise.authentication.find_client", find_meanwhile)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


# -- away ------------------------------------------------------------------------------------------


def test_while_the_database_is_away_it_is_503_and_then_all_is_well(proxied: Proxy) -> None:
    assert ask().status_code == 403
    with proxied.away(), within(PATIENCE_SECONDS):
        assert_unavailable(ask())
        assert_unavailable(ask())
    assert ask().status_code == 403


def test_a_host_that_was_never_asked_for_is_503_as_well(proxied: Proxy) -> None:
    with proxied.away():
        assert_unavailable(ask(host="nergens.localhost"))


def test_the_vendors_hosts_say_so_too(proxied: Proxy) -> None:
    assert ask("/readyz", "localhost").status_code == 200
    with proxied.away():
        assert_unavailable(ask("/readyz/worker", "localhost"))
        assert ask("/readyz", "localhost").json()["database"] == "unavailable"
    assert ask("/readyz", "localhost").status_code == 200


def test_connections_that_broke_between_requests_are_noticed_by_nobody(proxied: Proxy) -> None:
    ask()
    proxied.cut()
    assert ask().status_code == 403
    ask("/readyz", "localhost")
    proxied.cut()
    assert ask("/readyz", "localhost").status_code == 200


def test_a_connection_that_breaks_during_a_request_is_503(proxied: Proxy, monkeypatch: Monkey) -> None:
    ask()
    with monkeypatch.context() as meanwhile:
        during_authentication(meanwhile, proxied.cut)
        assert_unavailable(ask())
    assert ask().status_code == 403


def test_a_backend_that_is_ended_during_a_request_is_503(
    app_connection: Connected, monkeypatch: Monkey
) -> None:
    with app_connection():
        with monkeypatch.context() as meanwhile:
            during_authentication(meanwhile, lambda: run(ENDING))
            assert_unavailable(ask())
        assert ask().status_code == 403


@contextmanager
def no_room() -> Iterator[None]:
    """As when all connections of the server are taken."""
    name = connection.settings_dict["NAME"]
    with another() as owner:
        owner.execute(f"ALTER DATABASE {name} CONNECTION LIMIT 0; COMMIT")
        connection.close()
        yield
        owner.execute(f"ALTER DATABASE {name} CONNECTION LIMIT -1; COMMIT")


def test_without_room_for_a_connection_it_is_503(app_connection: Connected) -> None:
    with app_connection():
        with no_room():
            assert_unavailable(ask())
        assert ask().status_code == 403


# -- frozen ----------------------------------------------------------------------------------------


def test_a_frozen_database_is_503_soon_and_then_all_is_well(proxied: Proxy) -> None:
    assert ask().status_code == 403
    with proxied.frozen(), within(PATIENCE_SECONDS):
        assert_unavailable(ask())
        assert_unavailable(ask())
    assert ask().status_code == 403


def test_a_database_that_freezes_during_a_request_is_503_soon(proxied: Proxy, monkeypatch: Monkey) -> None:
    ask()
    with monkeypatch.context() as meanwhile:
        during_authentication(meanwhile, proxied.flowing.clear)
        with within(PATIENCE_SECONDS):
            assert_unavailable(ask())
    proxied.flowing.set()
    assert ask().status_code == 403


def test_a_statement_that_only_takes_long_is_waited_for(proxied: Proxy, monkeypatch: Monkey) -> None:
    during_authentication(monkeypatch, lambda: run("SELECT pg_sleep(0.9)"))
    assert ask().status_code == 403


# -- slow ------------------------------------------------------------------------------------------


@pytest.fixture
def short(settings: Settings) -> None:
    """Limits of a fraction of a second."""
    limits = dict.fromkeys(("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"), 0.2)
    settings.DATABASE_LIMITS = dict.fromkeys(settings.DATABASE_LIMITS, limits)


def test_a_statement_that_takes_too_long_is_503_and_says_so(
    app_connection: Connected, short: None, monkeypatch: Monkey
) -> None:
    with app_connection():
        during_authentication(monkeypatch, lambda: run("SELECT pg_sleep(20)"))
        with within(PATIENCE_SECONDS):
            answer = ask()
        assert_unavailable(answer)
        assert "Deze vraag is afgebroken: een stap" in answer.json()["detail"]
        assert connection.connection.closed == 0


@pytest.mark.parametrize(
    ("method", "path", "what"),
    [
        ("GET", ZAKEN, "vraag"),
        ("POST", ZAKEN, "wijziging"),
        ("DELETE", f"{ZAKEN}/6f5f4f6e-4d2a-4e6b-8d37-0e2a4a0f5a10", "wijziging"),
    ],
)
def test_waiting_for_a_lock_ends_in_503_and_says_so(
    app_connection: Connected, short: None, settings: Settings, method: str, path: str, what: str
) -> None:
    settings.DATABASE_LIMITS = {
        work: {**limits, "statement_timeout": 10} for work, limits in settings.DATABASE_LIMITS.items()
    }
    with app_connection(), locked("haarlem.clients_credential"), within(PATIENCE_SECONDS):
        answer = ask(path, method=method)
    assert_unavailable(answer)
    assert f"Deze {what} is afgebroken: op een ander wachten" in answer.json()["detail"]


@contextmanager
def locked(table: str) -> Iterator[None]:
    """As long as another looks after the whole table."""
    with another() as owner:
        owner.execute(f"LOCK TABLE {table}")
        yield


@contextmanager
def another() -> Iterator[Any]:
    """The owner, on a connection of its own, in a transaction."""
    parameters = {name: connection.get_connection_params()[name] for name in ("dbname", "host", "port")}
    owner = deployed.DATABASE_LOGINS["owner"]
    other = psycopg2.connect(**parameters, user=owner["USER"], password=owner["PASSWORD"])
    with other.cursor() as cursor:
        yield cursor
    other.close()


def test_a_transaction_that_does_nothing_is_ended_and_503(
    app_connection: Connected, short: None, monkeypatch: Monkey
) -> None:
    def dawdle() -> None:
        run("BEGIN")
        time.sleep(0.5)

    with app_connection():
        with monkeypatch.context() as meanwhile:
            during_authentication(meanwhile, dawdle)
            assert_unavailable(ask())
        assert ask().status_code == 403


def test_a_database_that_can_only_be_read_is_503_and_says_so(
    app_connection: Connected, monkeypatch: Monkey
) -> None:
    def write() -> None:
        run("SET transaction_read_only = on; DELETE FROM clients_credential")

    with app_connection():
        with monkeypatch.context() as meanwhile:
            during_authentication(meanwhile, write)
            answer = ask(method="POST")
        assert_unavailable(answer)
        assert answer.json()["detail"] == "De database is nu alleen te lezen. Er is niets gewijzigd."
        assert ask(method="POST").status_code == 403


# -- which errors these are ------------------------------------------------------------------------


def raised(error: Exception, cause: Exception | None) -> Exception:
    error.__cause__ = cause
    return error


def coded(sqlstate: str) -> psycopg2.Error:
    error: psycopg2.Error = errors.lookup(sqlstate)()
    error.__setstate__({"pgcode": sqlstate})
    return error


@pytest.mark.parametrize("sqlstate", ["08006", "53100", "53300", "57014", "57P01", "57P03", "55P03"])
def test_an_outage_passes(sqlstate: str) -> None:
    assert is_outage(raised(OperationalError(), coded(sqlstate)))


@pytest.mark.parametrize("sqlstate", ["25P03", "25006"])
def test_so_does_what_psycopg2_calls_internal(sqlstate: str) -> None:
    assert is_outage(raised(InternalError(), coded(sqlstate)))


@pytest.mark.parametrize("sqlstate", ["54001", "40P01", "40001"])
def test_what_would_go_wrong_again_is_no_outage(sqlstate: str) -> None:
    assert not is_outage(raised(OperationalError(), coded(sqlstate)))


def test_an_ordinary_error_is_no_outage(app_connection: Connected) -> None:
    assert not is_outage(raised(DataError(), coded("22003")))
    assert not is_outage(raised(InternalError(), coded("25P02")))
    with app_connection():
        connection.ensure_connection()
        assert not is_outage(InterfaceError("cursor already closed"))


@pytest.mark.parametrize("sqlstate", ["40P01", "40001"])
def test_who_gave_in_may_begin_again(sqlstate: str) -> None:
    assert is_crossed(raised(OperationalError(), coded(sqlstate)))
    assert not is_crossed(raised(OperationalError(), coded("57P01")))


@pytest.mark.parametrize(
    ("sqlstate", "said"),
    [
        (
            "57014",
            "Deze wijziging is afgebroken: een stap ervan mag 15 seconden duren. Er is niets gewijzigd.",
        ),
        ("55P03", "Deze wijziging is afgebroken: op een ander wachten mag 5 seconden duren."),
        ("25P03", "Deze wijziging is afgebroken: tussen twee stappen mogen 30 seconden zitten."),
        ("25006", "De database is nu alleen te lezen. Er is niets gewijzigd."),
        ("57P01", "De database is nu niet bereikbaar."),
    ],
)
def test_who_waits_is_told_what_it_was(haarlem: Municipality, sqlstate: str, said: str) -> None:
    with in_municipality(haarlem), connection.doing(Work.WRITE):
        assert reason_of(raised(OperationalError(), coded(sqlstate))).startswith(said)
