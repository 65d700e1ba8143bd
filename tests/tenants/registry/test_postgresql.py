from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import psycopg2
import pytest
from django.conf import settings
from django.db import DatabaseError, ProgrammingError, transaction

from tenants.accounts.models import User
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.door import DOORKEEPER, role_of
from tenants.registry.models import Municipality
from tenants.registry.provisioning import provision_role

Connected = Callable[[], AbstractContextManager[None]]

DENIED = "permission denied"


def ask(query: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def test_inside_a_municipality_its_own_role_asks(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        assert ask("SELECT current_user") == f"{connection.settings_dict['NAME']}_haarlem"


def test_outside_the_vendors_role_asks(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        ask("SELECT 1")

    assert ask("SELECT current_user") == f"{connection.settings_dict['NAME']}_public"


def test_haarlem_cannot_read_the_schema_of_utrecht(haarlem: Municipality) -> None:
    with pytest.raises(ProgrammingError, match=DENIED), in_municipality(haarlem):
        ask("SELECT count(*) FROM utrecht.accounts_user")


def test_a_municipality_cannot_read_the_registry(haarlem: Municipality) -> None:
    with pytest.raises(ProgrammingError, match=DENIED), in_municipality(haarlem):
        Municipality.objects.exists()


def test_a_municipality_cannot_read_the_vendors_staff(haarlem: Municipality) -> None:
    with pytest.raises(ProgrammingError, match=DENIED), in_municipality(haarlem):
        ask("SELECT count(*) FROM public.accounts_user")


def test_a_municipality_cannot_change_the_version_of_the_registry(haarlem: Municipality) -> None:
    with pytest.raises(ProgrammingError, match=DENIED), in_municipality(haarlem):
        ask("UPDATE public.registry_version SET version = gen_random_uuid() RETURNING version")


def test_a_municipality_makes_no_tables(haarlem: Municipality) -> None:
    with pytest.raises(ProgrammingError, match=DENIED), in_municipality(haarlem):
        ask("CREATE TABLE haarlem.mine (id int)")


OF_ITS_MAKER = """
SELECT oid::regprocedure::text, has_function_privilege(oid, 'EXECUTE') FROM pg_proc
WHERE prosecdef AND proowner <> %s::regrole
"""
"""Those of the doorkeeper, who can do little, are tried in tests/isolation/test_door.py."""


def test_a_municipality_calls_nothing_that_has_the_rights_of_its_maker(haarlem: Municipality) -> None:
    with in_municipality(haarlem), connection.cursor() as cursor:
        cursor.execute(OF_ITS_MAKER, [connection.ops.quote_name(role_of(DOORKEEPER))])
        callable_by_haarlem = dict(cursor.fetchall())

    assert "st_estimatedextent(text,text,text)" in callable_by_haarlem
    assert not any(callable_by_haarlem.values()), callable_by_haarlem


LARGE_OBJECTS = """
SELECT oid::regprocedure::text, has_function_privilege(oid, 'EXECUTE') FROM pg_proc
WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^(lo_|loread$|lowrite$)'
"""


def test_a_municipality_has_no_large_objects(haarlem: Municipality) -> None:
    with in_municipality(haarlem), connection.cursor() as cursor:
        cursor.execute(LARGE_OBJECTS)
        callable_by_haarlem = dict(cursor.fetchall())

    assert {"lo_creat(integer)", "lo_create(oid)", "lo_put(oid,bigint,bytea)"} <= callable_by_haarlem.keys()
    assert not any(callable_by_haarlem.values()), callable_by_haarlem


@pytest.mark.parametrize("call", ["lo_create(0)", "lo_creat(-1)", "lo_from_bytea(0, 'x')", "lo_import('x')"])
def test_a_municipality_stores_nothing_outside_its_schema(haarlem: Municipality, call: str) -> None:
    with pytest.raises(ProgrammingError, match=DENIED), in_municipality(haarlem):
        ask(f"SELECT {call}")


def test_a_municipality_makes_no_temporary_tables(haarlem: Municipality) -> None:
    with pytest.raises(ProgrammingError, match=DENIED), in_municipality(haarlem):
        ask("CREATE TEMPORARY TABLE mine AS SELECT 1")


def test_nobody_but_the_owner_makes_schemas_or_temporary_tables(haarlem: Municipality) -> None:
    app = settings.DATABASE_LOGINS["app"]["USER"]
    held = "SELECT has_database_privilege({!r}, current_database(), 'CREATE, TEMPORARY')"
    assert not ask(held.format(app))
    assert not ask(held.format("public"))
    with in_municipality(haarlem):
        assert not ask("SELECT has_database_privilege(current_database(), 'CREATE, TEMPORARY')")


def test_a_municipality_does_not_learn_where_the_zaken_of_utrecht_are(haarlem: Municipality) -> None:
    with pytest.raises(ProgrammingError, match=DENIED), in_municipality(haarlem):
        ask("SELECT st_estimatedextent('utrecht', 'zaken_zaak', 'zaakgeometrie')")


def test_the_login_itself_may_read_no_municipality(haarlem: Municipality) -> None:
    ask("SELECT set_config('role', 'none', false)")

    with pytest.raises(ProgrammingError, match=DENIED):
        ask("SELECT count(*) FROM haarlem.accounts_user")


@pytest.fixture
def haarlem_without_users(owner_connection: Connected) -> Iterator[None]:
    with owner_connection(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE haarlem.accounts_user RENAME TO accounts_user_gone")
    yield
    with owner_connection(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE haarlem.accounts_user_gone RENAME TO accounts_user")


def test_a_lost_table_is_an_error_and_not_the_public_rows(
    haarlem_without_users: None, app_connection: Connected
) -> None:
    with app_connection():
        haarlem = Municipality.objects.get(schema_name="haarlem")
        with pytest.raises(ProgrammingError, match=DENIED), in_municipality(haarlem):
            User.objects.exists()


def test_without_its_role_a_municipality_shows_nothing_of_the_previous_one(app_connection: Connected) -> None:
    with app_connection():
        with in_municipality(Municipality.objects.get(schema_name="haarlem")):
            User.objects.exists()
        connection.set_schema("nowhere")
        with pytest.raises(DatabaseError, match="role"):
            User.objects.exists()

        assert connection.connection is None
        connection.set_schema_to_public()


def test_a_failed_switch_within_a_transaction_ends_it(app_connection: Connected) -> None:
    with app_connection():
        connection.set_schema("nowhere")
        with pytest.raises(DatabaseError, match="role"), transaction.atomic():
            User.objects.exists()

        assert connection.connection is None
        connection.set_schema_to_public()


def test_a_connection_that_the_server_ended_is_made_again(app_connection: Connected) -> None:
    with app_connection(), in_municipality(Municipality.objects.get(schema_name="haarlem")):
        end_backend(ask("SELECT pg_backend_pid()"))
        connection.switch()

        assert ask("SELECT current_schema") == "haarlem"


def test_a_connection_whose_role_went_is_made_again(
    app_connection: Connected, owner_connection: Connected
) -> None:
    gone = Municipality(schema_name="voorbij")
    with owner_connection():
        role = provision_role("voorbij")
    with app_connection():
        connection.set_tenant(gone)
        assert ask("SELECT current_user") == role
        dropped_elsewhere(role)
        connection.set_schema_to_public()

        assert ask("SELECT current_user") == f"{connection.settings_dict['NAME']}_public"


def dropped_elsewhere(role: str) -> None:
    login = {**connection.settings_dict, **settings.DATABASE_LOGINS["owner"]}
    owner = psycopg2.connect(
        dbname=login["NAME"],
        user=login["USER"],
        password=login["PASSWORD"],
        host=login["HOST"],
        port=login["PORT"],
    )
    with owner, owner.cursor() as cursor:
        cursor.execute(
            f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};"
            f"REVOKE ALL ON SCHEMA public FROM {role}; DROP ROLE {role}"
        )
    owner.close()


def test_a_connection_that_is_lost_within_a_transaction_is_an_error(app_connection: Connected) -> None:
    with app_connection(), pytest.raises(DatabaseError), transaction.atomic():  # noqa: PT012  # both are needed
        end_backend(ask("SELECT pg_backend_pid()"))
        connection.switch()


def end_backend(pid: object) -> None:
    parameters = connection.get_connection_params()
    other = psycopg2.connect(
        **{key: parameters[key] for key in ("dbname", "host", "port", "user", "password")}
    )
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()


def test_after_a_rolled_back_savepoint_the_role_is_taken_again(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        with pytest.raises(ProgrammingError), transaction.atomic():
            ask("SELECT no_such_column")

        assert ask("SELECT current_schema") == "haarlem"


def test_an_error_that_leaves_the_municipality_can_still_be_rolled_back(haarlem: Municipality) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), in_municipality(haarlem):
        ask("SELECT no_such_column")

    assert ask("SELECT current_schema") == "public"


def test_a_server_side_cursor_reads_its_own_municipality(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        User.objects.create_user("balie@haarlem.example")
        connection.switch()

        assert [user.email for user in User.objects.iterator(chunk_size=1)] == ["balie@haarlem.example"]


def test_the_owner_keeps_its_own_role(owner_connection: Connected) -> None:
    with owner_connection():
        assert ask("SELECT current_user") == connection.settings_dict["USER"]


def test_the_owner_hears_of_a_change_of_the_registry_as_well(owner_connection: Connected) -> None:
    with owner_connection(), transaction.atomic():
        before = connection.switch()
        Municipality.objects.filter(schema_name="haarlem").update(inwoners=1)

        assert connection.switch() not in {before, None}
        transaction.set_rollback(True)
