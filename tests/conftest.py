"""The cast of every test: Haarlem and Utrecht, each in its own schema of one test database.

The owner makes the database; then the tests go on as the web does, with the login that takes the role
of one municipality at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test.signals import setting_changed
from psycopg2 import sql
from pytest_django import DjangoDbBlocker
from whitenoise.base import WhiteNoise

from screens import pdf, pdf_process
from tenants.errands import bell
from tenants.registry.connection import connection
from tenants.registry.context import for_vendor, in_municipality
from tenants.registry.models import Municipality
from tenants.registry.onboarding import onboard
from tests.clamd import clamd, clamd_places  # noqa: F401  # fixtures for every test
from tests.emptying import empty, tables_of
from tests.errands import delivered
from tests.live import deployment, live  # noqa: F401  # fixtures for every test
from tests.logins import as_owner
from tests.objects import bucket, objects, stored_in  # noqa: F401  # and these

Connected = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="session", autouse=True)
def patience_with_redis() -> None:
    """A request waits for it no longer than a moment; on a busy machine a test does."""
    settings.CACHE_OPTIONS.update(socket_connect_timeout=5, socket_timeout=5)
    # what was made of them before is made anew
    setting_changed.send(sender=patience_with_redis, setting="CACHES", value=settings.CACHES, enter=True)


@pytest.fixture(autouse=True)
def done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker of the deployment is to hear of what tests do: errands are done and letters sent here."""
    monkeypatch.setattr(bell, "send", delivered)


@pytest.fixture(scope="session", autouse=True)
def static_files_once() -> Iterator[None]:
    """Each client of a test makes the middleware anew, which looks for the same hundreds of files."""
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    look = WhiteNoise.update_files_dictionary

    def look_once(self: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in kept:
            look(self, root, prefix)
            kept[root, prefix] = dict(self.files)
        self.files.update(kept[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", look_once)
        yield


@pytest.fixture(autouse=True)
def drawn_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages for paper are drawn in this process, which loads what draws them once."""
    monkeypatch.setattr(pdf, "_drawn", lambda page, _seconds: pdf_process.draw(page.decode()))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker, *, django_db_keepdb: bool) -> Iterator[None]:
    deployed = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), as_owner():
        connection.creation._create_test_db(verbosity=0, autoclobber=True, keepdb=django_db_keepdb)
        name_database(connection.creation._get_test_db_name())
        call_command("migrate_schemas", shared=True, verbosity=0)
        call_command("load_selectielijst", verbosity=0)
        onboard(naam="Haarlem", schema="haarlem", hosts=["haarlem.localhost", "127.0.0.2"], cbs_code="0392")
        onboard(naam="Utrecht", schema="utrecht", hosts=["utrecht.localhost", "127.0.0.3"], cbs_code="0344")
    yield
    with django_db_blocker.unblock():
        forget_refusals()
    if not django_db_keepdb:
        with django_db_blocker.unblock(), as_owner():
            drop_database(deployed)


def forget_refusals() -> None:
    """What the vendor and the municipalities of the tests keep in the Redis that the deployment has too."""
    with for_vendor():
        cache.clear()
    for schema in ("haarlem", "utrecht"):
        with in_municipality(municipality(schema)):
            cache.clear()


def name_database(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def drop_database(deployed: str) -> None:
    """The roles of the test database go with it: they belong to the cluster, not to the database."""
    test_database = connection.settings_dict["NAME"]
    connection.close()
    connection.creation._destroy_test_db(test_database, verbosity=0)
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", [f"{test_database}_"])
        for (role,) in cursor.fetchall():
            cursor.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    name_database(deployed)


@pytest.fixture
def haarlem(db: None) -> Municipality:
    """Not entered: arrange with ``with in_municipality(haarlem):``, act over HTTP outside it."""
    return municipality("haarlem")


@pytest.fixture
def utrecht(db: None) -> Municipality:
    return municipality("utrecht")


def municipality(schema: str) -> Municipality:
    return Municipality.objects.prefetch_related("domains", "allowed_hosts").get(schema_name=schema)


@pytest.fixture(scope="session")
def owner_connection(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Connected:
    """A context in which one provisions. What is committed there stays: roll back, or clean up."""

    @contextmanager
    def connected() -> Iterator[None]:
        with django_db_blocker.unblock(), as_owner():
            yield

    return connected


@pytest.fixture(scope="session")
def app_connection(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Connected:
    """A context in which one reads as the web does, outside any transaction of a test."""

    @contextmanager
    def connected() -> Iterator[None]:
        with django_db_blocker.unblock():
            connection.close()
            yield
            connection.close()

    return connected


@pytest.fixture
def committing(app_connection: Connected, owner_connection: Connected) -> Iterator[Municipality]:
    """Haarlem, for what other connections have to see; its tables are emptied afterwards, and what waits."""
    try:
        with app_connection():
            yield municipality("haarlem")
    finally:
        with owner_connection():
            empty([*tables_of("haarlem"), *tables_of("public", only=("errands_errand", "errands_letter"))])
