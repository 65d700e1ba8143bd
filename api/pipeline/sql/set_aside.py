"""Indexes that make way for others on a large table, which is read all the while.

Who drops an index keeps everybody from its table until the transaction ends, and so while all the others are
built. What is set aside goes on under another name. Those that take its place are built beside it, for which
writes alone wait; it goes in a migration of its own, which is done in a moment.
"""

from __future__ import annotations

from django.db import migrations, router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

FORMER = "{}_former"


class _Renamed:
    """In the state it is gone; in the database it has its other name."""

    name: str

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            schema_editor.execute(f"ALTER INDEX {self.name} RENAME TO {FORMER.format(self.name)}")


class SetAside(_Renamed, migrations.RemoveIndex):
    """Remove an index by its other name; ``without_former`` drops it."""


class SetAsideUnique(_Renamed, migrations.RemoveConstraint):
    """The same of a constraint that an index of its name serves; ``without_former_unique`` drops it."""


def without_former(*names: str) -> migrations.RunSQL:
    """Drop what was set aside, wherever that was."""
    return migrations.RunSQL(
        f"DROP INDEX IF EXISTS {', '.join(map(FORMER.format, names))}", migrations.RunSQL.noop
    )


def without_former_unique(table: str, *names: str) -> migrations.RunSQL:
    """The same of constraints."""
    each = ", ".join(f"DROP CONSTRAINT IF EXISTS {FORMER.format(name)}" for name in names)
    return migrations.RunSQL(f"ALTER TABLE {table} {each}", migrations.RunSQL.noop)


def only_reading(*tables: str) -> migrations.RunSQL:
    """Wait for those who write to these, all at once and before there is anything to lose."""
    return migrations.RunSQL(f"LOCK TABLE {', '.join(tables)} IN SHARE MODE", migrations.RunSQL.noop)
