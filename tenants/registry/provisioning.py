"""Schemas and the database roles that may reach them; for the owner's connection."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from psycopg2 import sql

from tenants.registry.connection import connection
from tenants.registry.context import require_public
from tenants.registry.door import DoorLeaks, let_in, provide_door, without_policy
from tenants.registry.models import Municipality
from tenants.registry.names import PUBLIC, role_name, validate_schema_name
from tenants.registry.schema_text import execute_text
from tenants.registry.schemas import make_schema, migrate_schema, schema_exists

# What the role of a municipality may read whole in public, since it is the same for all; rows of its own it
# reads behind the door. None of these may have a twin in its schema.
PUBLIC_TABLES = (
    "handover_party",
    "registry_version",
    "selectielijst_communicatiekanaal",
    "selectielijst_procestype",
    "selectielijst_resultaat",
    "selectielijst_resultaattypeomschrijving",
)

LARGE_OBJECTS = "^(lo_|loread$|lowrite$)"
"""The functions of PostgreSQL that are about them."""

STATISTICS_OF_EXPRESSIONS = ("pg_stats_ext", "pg_stats_ext_exprs")
"""The views of what PostgreSQL keeps of expressions: the most frequent BSNs, of a key that is filtered on."""

ALL_OF_A_SCHEMA = (
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE ON SEQUENCES TO {role}",
)


@transaction.atomic
def provision_public() -> None:
    """Give the vendor's role what it needs of the public schema, now and of later tables.

    A table that municipalities may read since this version is granted to those that stand already. Raises
    DoorLeaks where they may reach one of the vendor's on which no policy holds.
    """
    require_public()
    # what has no schema, and takes up the disk of all
    _execute("REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC", database=_database())
    role = provide_role(PUBLIC)
    for statement in ALL_OF_A_SCHEMA:
        _execute(statement, schema=PUBLIC, role=role)
    # Permission is asked before the switch, of the login itself.
    _execute("GRANT USAGE ON SCHEMA {schema} TO {role}", schema=PUBLIC, role=_app())
    _grant_public_tables(_app())
    provide_door()
    for schema in Municipality.objects.values_list("schema_name", flat=True):
        standing = provide_role(schema)
        _grant_public_tables(standing)
        let_in(standing)
    if leaking := without_policy(PUBLIC_TABLES):
        raise DoorLeaks(f"No policy holds on what municipalities may reach: {', '.join(leaking)}.")


@transaction.atomic
def provision_schema(schema: str) -> bool:
    """Make the role, the schema and its tables, as far as they are not there; whether it made the schema."""
    provision_role(schema)
    return provision_tables(schema)


@transaction.atomic
def provision_role(schema: str) -> str:
    """The name of the role of a schema, which may read what is public to municipalities."""
    require_public()
    validate_schema_name(schema)
    role = provide_role(schema)
    _execute("GRANT USAGE ON SCHEMA {schema} TO {role}", schema=PUBLIC, role=role)
    _grant_public_tables(role)
    let_in(role)
    return role


@transaction.atomic
def provision_tables(schema: str) -> bool:
    """Make the schema and its tables, for the role that stands; whether it made the schema.

    Privileges come first: by default they hold for every table that is made after them.
    """
    require_public()
    validate_schema_name(schema)
    is_new = not schema_exists(schema)
    if is_new:
        make_schema(schema)
    for statement in ALL_OF_A_SCHEMA:
        _execute(statement, schema=schema, role=role_name(_database(), schema))
    if not (is_new and execute_text(schema)):
        migrate_schema(schema)
    return is_new


def provide_role(schema: str) -> str:
    """The name of the role of a schema, which exists afterwards and which the app's login may take."""
    role = role_name(_database(), schema)
    if not _exists("SELECT FROM pg_roles WHERE rolname = %s", role):
        _execute("CREATE ROLE {role} NOLOGIN", role=role)
    if not _exists(
        "SELECT FROM pg_auth_members WHERE roleid = %s::regrole AND member = %s::regrole",
        _quoted(role),
        _quoted(_app()),
    ):
        _execute("GRANT {role} TO {app}", role=role, app=_app())
    return role


def exposed_functions() -> list[str]:
    """What everybody may call and nobody should: `infra/postgres/database.sql` ends that.

    It runs with its maker's rights, or makes and reads large objects, which lie outside every schema.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regprocedure::text FROM pg_proc"
            " WHERE (prosecdef OR pronamespace = 'pg_catalog'::regnamespace AND proname ~ %s)"
            " AND has_function_privilege('public', oid, 'EXECUTE') ORDER BY 1",
            [LARGE_OBJECTS],
        )
        return [name for (name,) in cursor.fetchall()]


def exposed_statistics() -> list[str]:
    """The views that everybody may read and nobody should: `infra/postgres/database.sql` ends that.

    In a cluster that was made before 14.12, 15.7 or 16.3 they show the values of tables that one may not read
    (CVE-2024-4317), since an upgrade leaves them as they were.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class"
            " WHERE relnamespace = 'pg_catalog'::regnamespace AND relname = ANY (%s)"
            " AND has_table_privilege('public', oid, 'SELECT') ORDER BY 1",
            [list(STATISTICS_OF_EXPRESSIONS)],
        )
        return [name for (name,) in cursor.fetchall()]


def _grant_public_tables(role: str) -> None:
    for table in PUBLIC_TABLES:
        _execute("GRANT SELECT ON {schema}.{table} TO {role}", schema=PUBLIC, table=table, role=role)


def _execute(statement: str, **names: str) -> None:
    identifiers = {key: sql.Identifier(name) for key, name in names.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(**identifiers))


def _exists(query: str, *parameters: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchone() is not None


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _app() -> str:
    return str(settings.DATABASE_LOGINS["app"]["USER"])
