"""Two people who do the same at once, each on a connection of his own: one did it, the other is told."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from psycopg2 import sql

from handover.models import Entry, Handover
from handover.refusals import HandoverRefused
from handover.states import Side, State
from tenants.registry.connection import connection
from tenants.registry.models import Municipality
from tests.conftest import Connected
from tests.handover.moves import Cast, bring_to, cast_of, do, do_tasks
from tests.tenants.accounts.test_at_once import wait_until_blocked

PATIENCE_SECONDS = 20
LEFT = ("handover_task", "handover_entry", "handover_handover", "accounts_user", "backoffice_logline")


@pytest.fixture
def committed(committing: Municipality, owner_connection: Connected) -> Iterator[Cast]:
    """In tables that another connection sees; afterwards Haarlem is back where it was."""
    before = committing.vendor_id
    yield cast_of(committing)
    with owner_connection(), connection.cursor() as cursor:
        for table in LEFT:
            cursor.execute(sql.SQL("TRUNCATE public.{} CASCADE").format(sql.Identifier(table)))
        cursor.execute(
            "UPDATE registry_municipality SET vendor_id = %s WHERE schema_name = 'haarlem'", [before]
        )
        cursor.execute("DELETE FROM registry_organisation WHERE name = 'Dimpact'")


@pytest.mark.parametrize(("state", "key"), [(State.AANGEVRAAGD, "aanvaarden"), (State.GEPLAND, "overdragen")])
def test_of_two_at_once_one_does_it(committed: Cast, state: State, key: str) -> None:
    pk = bring_to(committed, state)
    if key == "overdragen":
        do_tasks(committed, pk)

    def second() -> str:
        try:
            do(committed, pk, key, Side.NEW, seen=state)
        except HandoverRefused as refused:
            return str(refused)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        with transaction.atomic():
            do(committed, pk, key, Side.NEW, seen=state)
            answer = elsewhere.submit(second)
            wait_until_blocked(answer)
        told = answer.result(timeout=PATIENCE_SECONDS)

    assert "intussen" in told
    assert Entry.objects.filter(handover=pk, act=key).count() == 1
    assert Handover.objects.get(pk=pk).state != state
