"""Django's own name for the migration of all schemas."""

from tenants.registry.management.commands.migrate_schemas import Command

__all__ = ["Command"]
