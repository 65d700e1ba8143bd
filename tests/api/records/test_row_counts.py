"""The database keeps how many rows there are, by type and level, whoever writes them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from api.documenten.models import EnkelvoudigInformatieObject, Verzending
from api.pipeline.declare.row_counts import counted_tables
from api.records.models import RowCount
from api.records.row_counts import TABLE, Counted, differences, mend
from api.zaken.models import Resultaat, Rol, Status, Zaak
from tests.api.records.counted_rows import (
    LEVELS,
    STEPS,
    Cast,
    assert_right,
    change_nothing_of_it,
    count,
    drawn,
    remove_zaken,
)
from tests.conftest import Connected
from tests.factories.zaken import RolFactory, ZaakFactory

COUNTED = (Zaak, Rol, Status, Resultaat, EnkelvoudigInformatieObject, Verzending)


def test_what_is_added_is_counted(filled: Cast) -> None:
    assert {model: count(model) for model in COUNTED} == dict.fromkeys(COUNTED, 10)
    assert_right()


@pytest.mark.parametrize("step", sorted(STEPS))
def test_each_way_to_write_is_counted(filled: Cast, step: str) -> None:
    STEPS[step](filled, drawn(7), 5)

    assert_right()


def test_a_zaak_takes_along_what_belongs_to_it(filled: Cast) -> None:
    remove_zaken(filled, drawn(1), 10)

    assert [count(model) for model in COUNTED] == [0, 0, 0, 0, 10, 10]


def test_what_is_rolled_back_to_a_savepoint_is_not_counted(filled: Cast) -> None:
    with transaction.atomic():
        ZaakFactory.create()
        transaction.set_rollback(True)

    assert count(Zaak) == 10


def test_what_changes_nothing_of_it_leaves_nothing(filled: Cast) -> None:
    before = RowCount.objects.count()

    change_nothing_of_it(filled, drawn(1), 10)

    assert RowCount.objects.count() == before


def test_one_statement_leaves_one_row_for_each_type_and_level(filled: Cast) -> None:
    before = RowCount.objects.latest("id").pk

    Zaak.objects.bulk_create(
        ZaakFactory.build(identificatie=str(uuid4()), zaaktype=filled.zaaktypen[0]) for _ in range(20)
    )

    (left,) = RowCount.objects.filter(kind="zaken_zaak", pk__gt=before, number=20)
    assert (left.type, left.level) == (filled.zaaktypen[0].pk, LEVELS[0])


def test_a_rol_of_no_zaak_is_refused(filled: Cast) -> None:
    """The zaak might come later in the transaction, and nobody would count its rollen then."""
    roltype = filled.roltype

    with pytest.raises(IntegrityError), transaction.atomic():
        RolFactory.create(zaak=None, zaak_id=uuid4(), roltype=roltype)


def test_folding_leaves_one_row_of_each(filled: Cast) -> None:
    for number in range(40):
        STEPS["change_level"](filled, drawn(number), 3)

    fold("haarlem")

    groups = RowCount.objects.values_list("kind", "type", "level", "published")
    assert len(groups) == len(set(groups))
    assert not RowCount.objects.filter(number=0).exists()
    assert_right()


def test_nobody_folds_or_counts_next_door(filled: Cast) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        fold("utrecht")


def test_nothing_runs_with_the_rights_of_its_maker(filled: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosecdef FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
            " AND proname ~ '_(count|move|fold|truncated)$'"
        )
        assert {definer for (definer,) in cursor.fetchall()} == {False}


def fold(schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {TABLE}_fold(%s)", [schema])


@pytest.mark.parametrize("schema", ["haarlem", "utrecht"])
def test_what_is_declared_is_what_the_database_does(owner_connection: Connected, schema: str) -> None:
    """Made anew from what the resources declare, functions and triggers are the same."""
    with owner_connection(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL search_path = {schema}, extensions")
        before = made(schema)
        for counted in counted_tables():
            make_anew(counted)
        after = made(schema)
        transaction.set_rollback(True)

    assert len(after) == sum(6 * len(each.tables) for each in counted_tables()) + 2
    assert before == after


def made(schema: str) -> set[tuple[str, str]]:
    """The functions and the triggers of the schema that count."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = %(schema)s::regnamespace"
            " AND proname ~ '_(count|move|fold|truncated)$'"
            # brackets: a condition that was read back has more of them
            " UNION ALL SELECT relname, translate(pg_get_triggerdef(pg_trigger.oid), '()', '')"
            " FROM pg_trigger"
            " JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE relnamespace = %(schema)s::regnamespace AND tgname LIKE 'count\\_%%'",
            {"schema": schema},
        )
        return set(cursor.fetchall())


def make_anew(counted: Counted) -> None:
    (operation,) = counted.operations()
    with connection.cursor() as cursor:
        cursor.execute(str(operation.reverse_sql))
        cursor.execute(str(operation.sql))


def test_what_stood_before_is_counted(owner_connection: Connected) -> None:
    with owner_connection(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL search_path = haarlem, extensions")
            for table in ("zaken_zaak", "zaken_rol"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        zaak = ZaakFactory.create()
        RolFactory.create_batch(3, zaak=zaak)
        with connection.cursor() as cursor:
            cursor.execute(differences(counted_tables()))
            lacking = {kind: number for kind, _, _, _, number in cursor.fetchall()}
            cursor.execute(mend(counted_tables()))
            cursor.execute(differences(counted_tables()))
            left = cursor.fetchall()
        transaction.set_rollback(True)

    assert lacking == {"zaken_zaak": 1, "zaken_rol": 3}
    assert left == []


def test_a_table_that_is_emptied_counts_nothing(owner_connection: Connected) -> None:
    with owner_connection(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL search_path = haarlem, extensions")
            rol = RolFactory.create()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("TRUNCATE zaken_rol CASCADE")
        counts = [count(Zaak), count(Rol)]
        transaction.set_rollback(True)

    assert rol.zaak_id is not None
    assert counts == [1, 0]
