"""As whom the tests speak to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tenants.registry.connection import connection


@contextmanager
def as_owner() -> Iterator[None]:
    connection.use_login("owner")
    try:
        yield
    finally:
        connection.use_login("app")
