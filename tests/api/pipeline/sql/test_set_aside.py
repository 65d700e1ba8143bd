"""While an index makes way for another its table is read, and in the end there is one of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from api.pipeline.sql.set_aside import (
    SetAside,
    SetAsideUnique,
    only_reading,
    without_former,
    without_former_unique,
)
from tenants.registry.context import in_municipality
from tests.conftest import Connected, municipality

TABLE, INDEX, UNIQUE = "zaken_zaak", "zaak_startdatum", "zaak_unique_of_a_test"
KEPT = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND indexname LIKE %s"
WAITED_FOR = "SELECT mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation = %s::regclass"
ANEW = migrations.AddIndex("zaak", models.Index(fields=["startdatum"], name=INDEX))
UNIQUE_ANEW = migrations.AddConstraint(
    "zaak",
    models.UniqueConstraint(fields=("bronorganisatie", "identificatie"), include=("uuid",), name=UNIQUE),
)


@pytest.fixture
def state(owner_connection: Connected) -> Iterator[ProjectState]:
    """As the migrations leave it; what is done with it is rolled back."""
    with owner_connection(), in_municipality(municipality("haarlem")), transaction.atomic():
        yield MigrationLoader(connection).project_state()
        transaction.set_rollback(True)


def carried_out(state: ProjectState, *operations: Operation) -> ProjectState:
    for operation in operations:
        before, state = state, state.clone()
        operation.state_forwards("zaken", state)
        with connection.schema_editor(atomic=False) as editor:
            operation.database_forwards("zaken", editor, before, state)
    return state


def asked(query: str, given: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(query, [given])
        return {found for (found,) in cursor.fetchall()}


def test_readers_are_not_kept_out(state: ProjectState) -> None:
    carried_out(state, only_reading(TABLE), SetAside("zaak", INDEX), ANEW)

    assert asked(KEPT, f"{INDEX}%") == {INDEX, f"{INDEX}_former"}
    assert "ShareLock" in asked(WAITED_FOR, TABLE)
    assert "AccessExclusiveLock" not in asked(WAITED_FOR, TABLE)


def test_a_constraint_makes_way_as_well(state: ProjectState) -> None:
    plain = models.UniqueConstraint(fields=("bronorganisatie", "identificatie"), name=UNIQUE)
    state = carried_out(state, migrations.AddConstraint("zaak", plain))

    state = carried_out(state, SetAsideUnique("zaak", UNIQUE), UNIQUE_ANEW)
    assert asked(KEPT, f"{UNIQUE}%") == {UNIQUE, f"{UNIQUE}_former"}

    carried_out(state, without_former_unique(TABLE, UNIQUE))
    assert asked(KEPT, f"{UNIQUE}%") == {UNIQUE}


def test_what_was_set_aside_goes(state: ProjectState) -> None:
    carried_out(state, SetAside("zaak", INDEX), ANEW, without_former(INDEX))

    assert asked(KEPT, f"{INDEX}%") == {INDEX}


def test_it_comes_back_where_that_is_undone(state: ProjectState) -> None:
    aside = SetAside("zaak", INDEX)
    without = carried_out(state, aside, without_former(INDEX))
    assert asked(KEPT, f"{INDEX}%") == set()

    with connection.schema_editor(atomic=False) as editor:
        aside.database_backwards("zaken", editor, without, state)

    assert asked(KEPT, f"{INDEX}%") == {INDEX}
