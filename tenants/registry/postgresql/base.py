"""The connection: each switch of municipality takes its search_path and its role, or takes nothing.

The login of the web has no right of its own. In one statement, one round trip, it becomes the role of
one schema, takes the limits of the work that is to be done, and hears which version of the registry
holds. When that fails the connection is closed: what went on would read what the previous municipality
may read. A connection that has been in many municipalities is replaced between two pieces of work.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.db.utils import Error, InterfaceError, OperationalError, ProgrammingError
from django_tenants.postgresql_backend import base
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from tenants.registry.names import PUBLIC, role_name
from tenants.registry.postgresql.waiting import Connection, GaveUp
from tenants.registry.postgresql.work import SET_LIMITS, Work, limits_of

SWITCH_OF_APP = (
    f"SELECT set_config('search_path', %s, false), {SET_LIMITS}, set_config('role', %s, false),"  # noqa: S608 - names of ours
    " (SELECT version::text FROM public.registry_version)"
)
SWITCH_OF_OWNER = (
    f"SELECT set_config('search_path', %s, false), {SET_LIMITS}, to_regclass('public.registry_version')"
)
VERSION = "SELECT version::text FROM public.registry_version"

WORK_OF_LOGIN = {"app": Work.READ, "owner": Work.COMMAND}
"""What a login does as long as nobody says otherwise."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Of django-tenants this keeps when to switch, and replaces how."""

    schema_name: str
    registry_version: str | None = None
    _work: Work | None = None

    def use_login(self, login: str) -> None:
        """Go on as ``app`` or ``owner``, on a new connection."""
        self.close()
        self._work = None
        self.settings_dict.update(settings.DATABASE_LOGINS[login])

    @property
    def work(self) -> Work:
        """What is being done, within whose limits."""
        return self._work or WORK_OF_LOGIN[self.settings_dict["LOGIN"]]

    def take_on(self, work: Work) -> None:
        """From here on do this, within its limits: the next statement is a switch that takes them."""
        self._work = work
        self.search_path_set_schemas = None

    @contextmanager
    def doing(self, work: Work) -> Iterator[None]:
        """Do this within its own limits, and then go on with what was done before."""
        before = self.work
        self.take_on(work)
        try:
            yield
        finally:
            self.take_on(before)

    def get_connection_params(self) -> dict[str, Any]:
        """As Django has them, for a connection that does not wait without end."""
        return {**super().get_connection_params(), "connection_factory": Connection}

    def close_if_unusable_or_obsolete(self) -> None:
        """Django's hook after each answer and each job, and before the next."""
        super().close_if_unusable_or_obsolete()
        self.end_where_visited_enough()

    def end_where_visited_enough(self) -> None:
        """Go on with a new connection where this one keeps too many municipalities in PostgreSQL's memory.

        For a moment at which nobody waits for an answer: the next request finds a connection that is there.
        """
        if self.connection is None or self.in_atomic_block or not self.connection.visits.are_enough:
            return
        self.close()
        # Where there is none to be had, whoever needs one finds that out, and says so.
        with suppress(Error):
            self.ensure_connection()

    def switch(self) -> str | None:
        """Set search_path and role now, also where they stand already.

        Returns the version of the registry; None where the database has no registry yet.
        """
        self.search_path_set_schemas = None
        with self.cursor():
            return self.registry_version

    def _cursor(self, name: str | None = None) -> Any:  # noqa: ANN401  # Django's cursor wrappers share no type
        reused = self.connection is not None
        try:
            return super()._cursor(name)
        except (InterfaceError, OperationalError, ProgrammingError) as error:
            lost = self.connection is None or self.connection.closed
            given_up = isinstance(error.__cause__, GaveUp)
            if self.in_atomic_block or given_up or not (reused and lost):
                raise
        # The server ended a connection that was kept, or took away the role that it had; nothing was done
        # on it yet.
        self.close()
        return super()._cursor(name)

    def _handle_search_path(self, cursor: Any = None) -> None:  # noqa: ANN401
        if self._setting_search_path or self.search_path_set_schemas:
            return
        # A failed transaction answers nothing but a rollback, which leads back here.
        if self.connection.get_transaction_status() == TRANSACTION_STATUS_INERROR:
            return
        self._setting_search_path = True
        try:
            if cursor is None:
                with self.wrap_database_errors, self.connection.cursor() as own:
                    self._take(own)
            else:
                self._take(cursor)
        except BaseException:
            self.close()
            raise
        finally:
            self._setting_search_path = False

    def _take(self, cursor: Any) -> None:  # noqa: ANN401
        schemas = self._get_cursor_search_paths()
        search_path = ", ".join(base.quote_schema_name(schema) for schema in schemas)
        limits = limits_of(self.work)
        if self.settings_dict["LOGIN"] == "owner":
            cursor.execute(SWITCH_OF_OWNER, [search_path, *limits])
            *_, stands = cursor.fetchone()
            self.registry_version = self._version(cursor) if stands else None
        else:
            role = role_name(self.settings_dict["NAME"], self.schema_name)
            cursor.execute(SWITCH_OF_APP, [search_path, *limits, role])
            *_, self.registry_version = cursor.fetchone()
        self.connection.statement_seconds = self.work.statement_seconds
        if self.schema_name != PUBLIC:
            self.connection.visits.add(self.schema_name)
        self.search_path_set_schemas = schemas

    def _version(self, cursor: Any) -> str:  # noqa: ANN401
        cursor.execute(VERSION)
        (version,) = cursor.fetchone()
        return str(version)
