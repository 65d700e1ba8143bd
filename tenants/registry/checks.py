"""What Django refuses to start with: a pooler that mixes schemas, an app in the wrong schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  # Django's name

from tenants.registry.connection import connection

SOUND_POOLING = ("direct", "session")
PORT_OF_PGBOUNCER = "6432"


@register(Tags.database)
def check_pooling(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:  # noqa: ARG001
    """In transaction mode a statement runs on whichever connection is free, in whichever schema that is in.

    It is a check of what the deployment says of itself, so that it costs no connection; the usual port of
    PgBouncer without a word about it is worth a warning.
    """
    return pooling_problems()


@register(Tags.models)
def check_schemas(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:  # noqa: ARG001
    return [problem for app in apps.get_app_configs() for problem in schema_problems(app)]


def pooling_problems() -> list[CheckMessage]:
    if settings.DATABASE_POOLING not in SOUND_POOLING:
        hint = "Connect directly or by a pooler in session mode, and say so in ZAAKPLEIN_DATABASE_POOLING."
        return [
            Error(
                f"{settings.DATABASE_POOLING!r} pooling mixes municipalities.", hint=hint, id="registry.E001"
            )
        ]
    if settings.DATABASE_POOLING == "direct" and str(connection.settings_dict["PORT"]) == PORT_OF_PGBOUNCER:
        hint = "Where it is in session mode, set ZAAKPLEIN_DATABASE_POOLING to session."
        return [Warning("The database's port is that of PgBouncer.", hint=hint, id="registry.W001")]
    return []


def schema_problems(app: AppConfig) -> list[CheckMessage]:
    """An app has its tables in public, in every municipality, or in both: as the settings list it."""
    shared, tenant = app.name in settings.SHARED_APPS, app.name in settings.TENANT_APPS
    if app.name in settings.APPS_WITHOUT_TABLES:
        expected = (False, False)
    elif app.name in settings.APPS_IN_EVERY_SCHEMA:
        expected = (True, True)
    else:
        expected = (not is_municipal(app), is_municipal(app))
    if (shared, tenant) == expected:
        return []
    where = {(True, True): "both", (True, False): "public", (False, True): "municipal", (False, False): "no"}
    message = f"{app.name} is listed for {where[shared, tenant]} schemas, but belongs in {where[expected]}."
    return [Error(message, id="registry.E002")]


def is_municipal(app: AppConfig) -> bool:
    """The APIs, the municipal console and what was seen hold data of one municipality; the rest is of all."""
    if app.name in settings.NATIONAL_APPS:
        return False
    return app.name.startswith("api.") or app.name in {"tenants.console", "tenants.visits"}
