"""The same mail over two connections at once, as a mail server that lost patience brings it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from psycopg2 import sql

from helpdesk.models import ReceivedMail
from tenants.registry.connection import connection
from tests.conftest import Connected
from tests.helpdesk.mail.letters import arrives, letter
from tests.tenants.accounts.test_at_once import wait_until_blocked

PATIENCE_SECONDS = 20


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """What the others forget is in one transaction, and these are in several."""


@pytest.fixture
def kept(app_connection: Connected, owner_connection: Connected) -> Iterator[None]:
    """In a table that another connection sees; afterwards it is empty."""
    try:
        with app_connection():
            yield
    finally:
        with owner_connection(), connection.cursor() as cursor:
            cursor.execute(sql.SQL("TRUNCATE public.{}").format(sql.Identifier("helpdesk_receivedmail")))


def test_the_second_waits_for_the_first_and_does_nothing(kept: None) -> None:
    content = letter(sender="piet@elders.example")

    def second() -> str:
        try:
            return str(arrives(content).again)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        with transaction.atomic():
            first = arrives(content)
            answer = elsewhere.submit(second)
            wait_until_blocked(answer)
            assert not answer.done()
        told = answer.result(timeout=PATIENCE_SECONDS)

    assert (first.again, told) == (False, "True")
    assert ReceivedMail.objects.count() == 1


def test_what_the_first_undid_the_second_does(kept: None) -> None:
    content = letter(sender="piet@elders.example")

    def second() -> str:
        try:
            return str(arrives(content).again)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        with transaction.atomic():
            arrives(content)
            answer = elsewhere.submit(second)
            wait_until_blocked(answer)
            transaction.set_rollback(True)
        told = answer.result(timeout=PATIENCE_SECONDS)

    assert told == "False"
    assert ReceivedMail.objects.count() == 1
