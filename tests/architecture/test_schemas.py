"""The database has what the settings say: each app in exactly its schemas, and not too much of it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings

from tenants.registry.connection import connection
from tenants.registry.provisioning import PUBLIC_TABLES

OF_DJANGO = "django_migrations"
OF_THE_REGISTRY = "registry_version"
MAX_TABLES = 60


def tables_in(schema: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
        return {table for (table,) in cursor.fetchall()}


def tables_of(app_names: list[str]) -> set[str]:
    models = [
        model for app in apps.get_app_configs() if app.name in app_names for model in app.get_models(True)
    ]
    return {model._meta.db_table for model in models if model._meta.managed}


def test_public_has_the_tables_of_the_shared_apps(db: None) -> None:
    assert tables_in("public") == tables_of(settings.SHARED_APPS) | {OF_DJANGO, OF_THE_REGISTRY}


@pytest.mark.parametrize("schema", ["haarlem", "utrecht"])
def test_a_municipality_has_the_tables_of_the_tenant_apps(db: None, schema: str) -> None:
    assert tables_in(schema) == tables_of(settings.TENANT_APPS) | {OF_DJANGO}


def test_a_municipality_has_few_tables(db: None) -> None:
    assert len(tables_in("haarlem")) <= MAX_TABLES


def test_no_public_table_that_municipalities_read_has_a_twin(db: None) -> None:
    assert tables_in("haarlem").isdisjoint(PUBLIC_TABLES)


def test_a_municipality_may_read_the_listed_public_tables_alone_whole(db: None) -> None:
    role = f"{connection.settings_dict['NAME']}_haarlem"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'v', 'm', 'p') AND has_table_privilege(%s, oid, 'SELECT')",
            [role],
        )
        assert {table for (table,) in cursor.fetchall()} == set(PUBLIC_TABLES)
