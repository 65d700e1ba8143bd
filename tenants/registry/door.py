"""What opens a table of the vendor to the roles of municipalities: row by row, and never for writing.

All municipalities' roles are members of one role without login. A table behind the door is granted to that
role, for reading, and row-level security shows each member its own rows: who asks is told by the role that
the connection took, not by what the statement says. What a municipality may write there goes through
functions that run with the rights of another such role, on which the same policies hold.

For the owner's connection, in migrations of the vendor's apps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import migrations
from psycopg2 import sql

from tenants.registry.connection import connection
from tenants.registry.names import PUBLIC, role_name

Change = Callable[[object, object], None]

MUNICIPALITIES = "all-municipalities"
"""The role of which each municipality's is a member; no schema can be called so."""
DOORKEEPER = "doorkeeper-"
"""The role that owns the functions of the door; no schema can be called so."""
OWN_MUNICIPALITY = "municipality_id = (SELECT public.registry_own_municipality())"
OWN_SCHEMA = "municipality = (SELECT public.registry_own_schema())"

# Outside a municipality both are NULL, and so they are for a role that may use more than one schema.
OWN_FUNCTIONS = """
CREATE FUNCTION public.registry_own_municipality() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT min(known.id) FROM public.registry_municipality AS known
    JOIN pg_catalog.pg_namespace AS own ON own.nspname = known.schema_name
    WHERE CASE WHEN pg_catalog.current_setting('role') = 'none' THEN false
        ELSE pg_catalog.has_schema_privilege(pg_catalog.current_setting('role'), own.oid, 'USAGE') END
    HAVING count(*) = 1
$$;
CREATE FUNCTION public.registry_own_schema() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT known.schema_name FROM public.registry_municipality AS known
    WHERE known.id = public.registry_own_municipality()
$$;
"""


class DoorLeaks(RuntimeError):
    """Municipalities may reach a table of the vendor on which no policy holds."""


def provide_door() -> None:
    """The two roles, as far as they are not there; the policies of a table name a third, the vendor's."""
    for name in (MUNICIPALITIES, DOORKEEPER, PUBLIC):
        _provide_role(role_of(name))
    _execute("GRANT {all} TO {keeper}", all=role_of(MUNICIPALITIES), keeper=role_of(DOORKEEPER))
    _execute("GRANT USAGE ON SCHEMA public TO {all}", all=role_of(MUNICIPALITIES))
    # a function is given away only to a role that one is a member of
    _execute("GRANT {keeper} TO CURRENT_USER", keeper=role_of(DOORKEEPER))


def let_in(role: str) -> None:
    """Let the role of a municipality read what is behind the door."""
    _execute("GRANT {all} TO {role}", all=role_of(MUNICIPALITIES), role=role)


def role_of(name: str) -> str:
    return role_name(str(connection.settings_dict["NAME"]), name)


def open_door(
    table: str, *, columns: Sequence[str], own: str = OWN_MUNICIPALITY, written: Sequence[str] = ()
) -> migrations.RunPython:
    """Let each municipality read these columns of its own rows; ``own`` is the condition that says which.

    ``written`` are privileges of the functions of the door, such as ``UPDATE (state)``.
    """

    def forward(_apps: object, _editor: object) -> None:
        provide_door()
        names = {"table": table, "all": role_of(MUNICIPALITIES), "keeper": role_of(DOORKEEPER)}
        listed = sql.SQL(", ").join(map(sql.Identifier, columns))
        condition = sql.SQL(own)
        _execute("ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY", table=table)
        _execute(
            "CREATE POLICY vendor ON public.{table} TO {vendor} USING (true)",
            table=table,
            vendor=role_of(PUBLIC),
        )
        _execute("CREATE POLICY own ON public.{table} TO {all} USING ({own})", own=condition, **names)
        _execute("GRANT SELECT ({listed}) ON public.{table} TO {all}", listed=listed, **names)
        for privilege in written:
            _execute("GRANT {privilege} ON public.{table} TO {keeper}", privilege=sql.SQL(privilege), **names)

    def backward(_apps: object, _editor: object) -> None:
        for role in (MUNICIPALITIES, DOORKEEPER):
            _execute("REVOKE ALL ON public.{table} FROM {role}", table=table, role=role_of(role))
        _execute("DROP POLICY own ON public.{table}", table=table)
        _execute("DROP POLICY vendor ON public.{table}", table=table)
        _execute("ALTER TABLE public.{table} DISABLE ROW LEVEL SECURITY", table=table)

    return migrations.RunPython(forward, backward)


def show_columns(table: str, columns: Sequence[str]) -> migrations.RunPython:
    """Let municipalities read these columns too, of a table whose door is open."""
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))

    def forward(_apps: object, _editor: object) -> None:
        provide_door()
        all_of_them = role_of(MUNICIPALITIES)
        _execute(
            "GRANT SELECT ({listed}) ON public.{table} TO {all}", listed=listed, table=table, all=all_of_them
        )

    def backward(_apps: object, _editor: object) -> None:
        all_of_them = role_of(MUNICIPALITIES)
        _execute(
            "REVOKE SELECT ({listed}) ON public.{table} FROM {all}",
            listed=listed,
            table=table,
            all=all_of_them,
        )

    return migrations.RunPython(forward, backward)


def tell_doorkeeper(table: str, columns: Sequence[str]) -> migrations.RunPython:
    """Let the functions of the door read these columns of all rows: they have to know whose role asks."""
    return _for_doorkeeper("SELECT", table, columns)


def let_doorkeeper_add(table: str, columns: Sequence[str]) -> migrations.RunPython:
    """Let the functions of the door add rows to a table that no municipality reads."""
    return _for_doorkeeper("INSERT", table, columns)


def _for_doorkeeper(privilege: str, table: str, columns: Sequence[str]) -> migrations.RunPython:
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    given: dict[str, str | sql.Composable] = {
        "privilege": sql.SQL(privilege),
        "listed": listed,
        "table": table,
    }

    def forward(_apps: object, _editor: object) -> None:
        provide_door()
        keeper = role_of(DOORKEEPER)
        _execute("GRANT {privilege} ({listed}) ON public.{table} TO {keeper}", keeper=keeper, **given)

    def backward(_apps: object, _editor: object) -> None:
        _execute("REVOKE ALL ON public.{table} FROM {keeper}", table=table, keeper=role_of(DOORKEEPER))

    return migrations.RunPython(forward, backward)


def let_doorkeeper_write(table: str, *privileges: str) -> migrations.RunPython:
    """Let the functions of the door do this too, such as ``UPDATE (state)``, where the door is open."""

    def forward(_apps: object, _editor: object) -> None:
        provide_door()
        for privilege in privileges:
            _execute(
                "GRANT {privilege} ON public.{table} TO {keeper}",
                privilege=sql.SQL(privilege),
                table=table,
                keeper=role_of(DOORKEEPER),
            )

    def backward(_apps: object, _editor: object) -> None:
        for privilege in privileges:
            _execute(
                "REVOKE {privilege} ON public.{table} FROM {keeper}",
                privilege=sql.SQL(privilege),
                table=table,
                keeper=role_of(DOORKEEPER),
            )

    return migrations.RunPython(forward, backward)


def give_functions(made: str, *signatures: str) -> migrations.RunPython:
    """Make functions by this SQL, that municipalities alone may call, with the rights of the doorkeeper.

    Each is SECURITY DEFINER with a search_path of its own, and named in ``signatures`` with its types.
    """
    return migrations.RunPython(*_giving_and_taking(made, signatures))


def take_functions(made: str, *signatures: str) -> migrations.RunPython:
    """Drop what ``give_functions`` made of the same; who migrates back has it again."""
    give, take = _giving_and_taking(made, signatures)
    return migrations.RunPython(take, give)


def _giving_and_taking(made: str, signatures: Sequence[str]) -> tuple[Change, Change]:
    def give(_apps: object, _editor: object) -> None:
        provide_door()
        _execute(made)
        names = {"all": role_of(MUNICIPALITIES), "keeper": role_of(DOORKEEPER)}
        # whoever owns a function in a schema may make things there; for as long as this takes
        _execute("GRANT CREATE ON SCHEMA public TO {keeper}", **names)
        for signature in signatures:
            named = {**names, "function": sql.SQL(signature)}
            _execute("REVOKE ALL ON FUNCTION public.{function} FROM PUBLIC", **named)
            _execute("ALTER FUNCTION public.{function} OWNER TO {keeper}", **named)
            _execute("GRANT EXECUTE ON FUNCTION public.{function} TO {all}", **named)
        _execute("REVOKE CREATE ON SCHEMA public FROM {keeper}", **names)

    def take(_apps: object, _editor: object) -> None:
        for signature in reversed(signatures):
            _execute("DROP FUNCTION public.{function}", function=sql.SQL(signature))

    return give, take


def without_policy(besides: Sequence[str]) -> list[str]:
    """The tables and views in public that roles of municipalities may reach, and on which no policy holds.

    ``besides`` are those that are the same for everybody.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT shown.relname
            FROM pg_class AS shown
            LEFT JOIN pg_attribute AS part ON part.attrelid = shown.oid AND part.attacl IS NOT NULL
            CROSS JOIN LATERAL aclexplode(array_cat(shown.relacl, part.attacl)) AS given
            JOIN pg_roles AS role ON role.oid = given.grantee
            WHERE shown.relnamespace = 'public'::regnamespace AND shown.relkind IN ('r', 'p', 'v', 'm')
                AND (role.rolname = %(all)s OR pg_has_role(role.oid, %(all)s::name, 'MEMBER'))
                AND NOT role.rolsuper AND role.rolname NOT IN (%(keeper)s, current_user)
                AND NOT (shown.relrowsecurity AND given.privilege_type = 'SELECT')
                AND shown.relname <> ALL (%(besides)s)
            ORDER BY 1
            """,
            {"all": role_of(MUNICIPALITIES), "keeper": role_of(DOORKEEPER), "besides": list(besides)},
        )
        return [table for (table,) in cursor.fetchall()]


def _provide_role(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))


def _execute(statement: str, **names: str | sql.Composable) -> None:
    parts = {
        key: name if isinstance(name, sql.Composable) else sql.Identifier(name) for key, name in names.items()
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(**parts) if parts else statement)
