from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import DjangoDbBlocker, Settings

from tenants.jobs import bell
from tenants.jobs.models import Job
from tenants.registry.connection import connection
from tenants.registry.models import Municipality
from tenants.registry.names import role_name
from tenants.registry.schemas import drop_schema
from tests.logins import as_owner

Connected = Callable[[], AbstractContextManager[None]]

# The urls register the resources, of which the step of the first key writes one.
import_module(django_settings.ROOT_URLCONF)

SCHEMA = "zandvoort"
HOST = "zandvoort.localhost"


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The logins whose workers were woken."""
    heard: list[str] = []
    monkeypatch.setattr(bell, "_send", heard.append)
    return heard


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    """Where files go; those of the vendor's jobs too."""
    settings.MEDIA_ROOT = str(tmp_path)
    settings.STORAGES = {
        **settings.STORAGES,
        "jobs": {**settings.STORAGES["jobs"], "OPTIONS": {"location": str(tmp_path / ".jobs")}},
    }
    return tmp_path


@pytest.fixture
def mails(settings: Settings, tmp_path: Path) -> Path:
    """Where mails go, those of processes that were killed too."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / ".mail")
    return tmp_path / ".mail"


@pytest.fixture
def aboard(
    app_connection: Connected,
    django_db_blocker: DjangoDbBlocker,
    rung: list[str],
    media: Path,
    mails: Path,
) -> Iterator[None]:
    """What is committed of Zandvoort is taken away again: rows, schema and role."""
    with app_connection():
        yield
    with django_db_blocker.unblock(), as_owner():
        clear()


def clear(schema: str = SCHEMA) -> None:
    Job.objects.filter(kind="onboarding").delete()
    Municipality.objects.filter(schema_name=schema).delete()
    drop_schema(schema)
    role = role_name(connection.settings_dict["NAME"], schema)
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is not None:
            cursor.execute(
                f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};"
                f"REVOKE ALL ON SCHEMA public FROM {role}; DROP ROLE {role}"
            )
