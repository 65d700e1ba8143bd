"""The connection: each switch of municipality takes its search_path and its role, or takes nothing.

The login of the web has no right of its own. In one statement, one round trip, it becomes the role of
one schema, and hears which version of the registry holds. When that fails the connection is closed:
what went on would read what the previous municipality may read.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.utils import InterfaceError, OperationalError
from django_tenants.postgresql_backend import base
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from tenants.registry.names import role_name

SWITCH_OF_APP = (
    "SELECT set_config('search_path', %s, false), set_config('role', %s, false),"
    " (SELECT version::text FROM public.registry_version)"
)
SWITCH_OF_OWNER = "SELECT set_config('search_path', %s, false), to_regclass('public.registry_version')"
VERSION = "SELECT version::text FROM public.registry_version"


class DatabaseWrapper(base.DatabaseWrapper):
    """Of django-tenants this keeps when to switch, and replaces how."""

    schema_name: str
    registry_version: str | None = None

    def use_login(self, login: str) -> None:
        """Go on as ``app`` or ``owner``, on a new connection."""
        self.close()
        self.settings_dict.update(settings.DATABASE_LOGINS[login])

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
        except (InterfaceError, OperationalError):
            lost = self.connection is None or self.connection.closed
            if self.in_atomic_block or not (reused and lost):
                raise
        # The server ended a connection that was kept; nothing was done on it yet.
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
        if self.settings_dict["LOGIN"] == "owner":
            cursor.execute(SWITCH_OF_OWNER, [search_path])
            _, stands = cursor.fetchone()
            self.registry_version = self._version(cursor) if stands else None
        else:
            role = role_name(self.settings_dict["NAME"], self.schema_name)
            cursor.execute(SWITCH_OF_APP, [search_path, role])
            *_, self.registry_version = cursor.fetchone()
        self.search_path_set_schemas = schemas

    def _version(self, cursor: Any) -> str:  # noqa: ANN401
        cursor.execute(VERSION)
        (version,) = cursor.fetchone()
        return str(version)
