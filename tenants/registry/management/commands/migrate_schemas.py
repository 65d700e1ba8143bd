"""As django-tenants migrates; then the roles may reach what is new, and new schemas have it at once."""

from __future__ import annotations

from typing import Any

from django_tenants.management.commands.migrate_schemas import MigrateSchemasCommand

from tenants.registry.provisioning import provision_public
from tenants.registry.schema_text import renew_text


class Command(MigrateSchemasCommand):
    def handle(self, *args: Any, **options: Any) -> None:  # Django's signature
        super().handle(*args, **options)
        # Municipalities have default privileges from their first day; so has public from here on.
        if self.sync_public:
            provision_public()
            renew_text()
