"""What an error of the database means for who waits for an answer."""

from __future__ import annotations

from django.db import InterfaceError, InternalError, OperationalError
from redis.exceptions import RedisError

from tenants.registry.connection import connection
from tenants.registry.postgresql.work import Work

TOO_LONG = "57014"
LOCKED = "55P03"
IDLE = "25P03"
READ_ONLY = "25006"
"""The server is a copy of another at the moment, as during a failover."""
AWAY = ("08", "53", "57")
"""Classes of SQLSTATE: no connection, no room, or an operator or a limit intervened."""
CROSSED = ("40001", "40P01")
"""Two transactions stood in each other's way, and this one gave in."""

NAMES = {Work.READ: "vraag", Work.WRITE: "wijziging", Work.IMPORT: "invoer"}


def is_outage(error: BaseException) -> bool:
    """Whether the database, or Redis, is away, full, or took too long: later the same may succeed."""
    if isinstance(error, RedisError):
        return True
    if isinstance(error, InterfaceError):
        return connection.connection is None or bool(connection.connection.closed)
    code = sqlstate_of(error)
    if code is None:
        # There was no connection, or it broke, before the server could say anything.
        return isinstance(error, OperationalError)
    if not isinstance(error, OperationalError | InternalError):
        return False
    return code.startswith(AWAY) or code in (LOCKED, IDLE, READ_ONLY)


def is_crossed(error: BaseException) -> bool:
    """Whether the same transaction may succeed when it begins again at once: a deadlock, for instance."""
    return isinstance(error, OperationalError) and sqlstate_of(error) in CROSSED


def sqlstate_of(error: BaseException) -> str | None:
    """The code that the server gave, where it could."""
    code: str | None = getattr(error.__cause__, "pgcode", None)
    return code


def reason_of(error: BaseException) -> str:
    """In Dutch, for who waits for an answer."""
    work, code = connection.work, sqlstate_of(error) or ""
    if code == READ_ONLY:
        return "De database is nu alleen te lezen. Er is niets gewijzigd."
    limits = {
        TOO_LONG: f"een stap ervan mag {work.statement_seconds} seconden duren",
        LOCKED: f"op een ander wachten mag {work.lock_seconds} seconden duren",
        IDLE: f"tussen twee stappen mogen {work.idle_seconds} seconden zitten",
    }
    limit = limits.get(code)
    if limit is None:
        return "De database is nu niet bereikbaar."
    return f"Deze {NAMES.get(work, 'taak')} is afgebroken: {limit}. Er is niets gewijzigd."
