"""What a migration takes away at the door it gives back."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from tests.logins import as_owner


def begin() -> tuple[str, str]:
    """The function by which a gemeente begins one, and who may call it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_functiondef(oid), proacl::text FROM pg_proc WHERE proname = 'handover_begin'"
        )
        (found,) = cursor.fetchall()
    return found


def migrate(name: str) -> None:
    MigrationExecutor(connection).migrate([("handover", name)])


@pytest.mark.usefixtures("django_db_setup")
def test_a_gemeente_begins_a_handover_by_what_was_there_before(django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock(), as_owner(), transaction.atomic():
        body, callers = begin()

        migrate("0003_declined")
        before, callers_before = begin()
        migrate("0004_first_appointment")

        assert "niemand" not in before
        assert (callers_before, begin()) == (callers, (body, callers))
        transaction.set_rollback(True)
