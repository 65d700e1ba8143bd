from __future__ import annotations

import pytest
from django.apps import apps
from django.core.checks import Tags, run_checks
from pytest_django import Settings

from tenants.registry.connection import connection


def found(tag: str) -> list[str | None]:
    databases = ["default"] if tag == Tags.database else None
    said = run_checks(tags=[tag], databases=databases)
    return [message.id for message in said if not message.is_silenced()]


def test_as_we_are_nothing_is_wrong() -> None:
    assert [id_ for id_ in found(Tags.models) + found(Tags.database) if str(id_).startswith("registry")] == []


@pytest.mark.parametrize("pooling", ["transaction", "statement", "unknown"])
def test_pooling_that_mixes_municipalities_is_refused(settings: Settings, pooling: str) -> None:
    settings.DATABASE_POOLING = pooling

    assert "registry.E001" in found(Tags.database)


def test_the_port_of_pgbouncer_is_suspect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "PORT", "6432")

    assert "registry.W001" in found(Tags.database)


def test_a_pooler_in_session_mode_is_sound(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "PORT", "6432")
    settings.DATABASE_POOLING = "session"

    assert found(Tags.database) == []


@pytest.mark.parametrize("app", ["api.zaken", "api.clients"])
def test_an_api_in_public_is_refused(settings: Settings, app: str) -> None:
    settings.SHARED_APPS = [*settings.SHARED_APPS, app]

    assert found(Tags.models) == ["registry.E002"]


def test_the_registry_in_a_municipality_is_refused(settings: Settings) -> None:
    settings.TENANT_APPS = [*settings.TENANT_APPS, "tenants.registry"]

    assert found(Tags.models) == ["registry.E002"]


def test_an_app_that_is_listed_nowhere_is_refused(settings: Settings) -> None:
    settings.TENANT_APPS = [app for app in settings.TENANT_APPS if app != "api.zaken"]

    assert found(Tags.models) == ["registry.E002"]


def test_every_installed_app_is_accounted_for(settings: Settings) -> None:
    listed = {*settings.SHARED_APPS, *settings.TENANT_APPS, *settings.APPS_WITHOUT_TABLES}

    assert {app.name for app in apps.get_app_configs()} == listed
