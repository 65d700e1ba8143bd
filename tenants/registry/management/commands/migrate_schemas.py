"""As django-tenants migrates; then the roles may reach what is new, and new schemas have it at once."""

from __future__ import annotations

from typing import Any

from django_tenants.management.commands.migrate_schemas import MigrateSchemasCommand

from tenants.registry.connection import connection
from tenants.registry.postgresql.work import Work
from tenants.registry.provisioning import exposed_functions, exposed_statistics, provision_public
from tenants.registry.schema_text import renew_text


class Command(MigrateSchemasCommand):
    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        with connection.doing(Work.MIGRATION):
            super().handle(*args, **options)
            # Municipalities have default privileges from their first day; so has public from here on.
            if self.sync_public:
                provision_public()
                renew_text()
                self._warn()

    def _warn(self) -> None:
        """The owner may not take these away: they are the superuser's."""
        for function in exposed_functions():
            self.stderr.write(f"Any municipality may call {function}: run infra/postgres/database.sql again.")
        for view in exposed_statistics():
            self.stderr.write(f"Any municipality may read {view}: run infra/postgres/database.sql again.")
