"""How PostgreSQL finds what the lists are asked, among enough rows to choose an index for.

Each question of ``questions.py`` is asked over HTTP, and every statement that answers it is explained while
it runs. What few rows have is found by touching few; nothing reads a whole table, or sorts it for a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import override_settings

from api.documenten.demo import archive
from api.zaken.demo import cases
from api.zaken.demo.products import provide_zaaktypen
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient
from tests.conftest import Connected, municipality
from tests.emptying import empty, tables_of
from tests.plans.applications import applications
from tests.plans.asking import problems_of
from tests.plans.questions import ASKED, Asking

ZAKEN, DOCUMENTEN, ZAAKTYPEN = 20_000, 20_000, 30
TODAY = date(2026, 3, 2)
APPLICATIONS = ("all rights", "ten types")


@pytest.fixture(scope="module")
def many(
    owner_connection: Connected, app_connection: Connected, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Municipality]:
    """Haarlem with so much in it, made as the commands make it; its tables are emptied afterwards."""
    with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media"))):
        with owner_connection():
            haarlem = municipality("haarlem")
            with in_municipality(haarlem):
                provide_zaaktypen(ZAAKTYPEN)
                cases.generate(ZAKEN, today=TODAY, seed=1, progress=lambda stored: None)
                archive.generate(DOCUMENTEN, today=TODAY, seed=1, progress=lambda stored: None)
            vacuum("haarlem")
        try:
            with app_connection():
                yield haarlem
        finally:
            with owner_connection():
                empty(tables_of("haarlem"))
                vacuum("haarlem")


def vacuum(schema: str) -> None:
    """So that PostgreSQL knows how many rows there are, also where there are none any more."""
    with connection.cursor() as cursor:
        for _, table in tables_of(schema):
            if table.startswith(("zaken_", "documenten_", "catalogi_")):
                cursor.execute(f"VACUUM (ANALYZE) {schema}.{table}")


@pytest.fixture(scope="module")
def apis(many: Municipality) -> dict[str, ApiClient]:
    return applications(many)


def named(asking: Asking) -> str:
    return asking.path.rpartition("/")[2]


@pytest.mark.parametrize("application", APPLICATIONS)
@pytest.mark.parametrize("asking", ASKED, ids=named)
def test_an_index_serves(
    many: Municipality, apis: dict[str, ApiClient], asking: Asking, application: str
) -> None:
    with in_municipality(many):
        questions = list(asking.questions(apis[application].host))

    found = [
        f"{each.name}: {problem}" for each in questions for problem in problems_of(apis[application], each)
    ]

    assert not found, "\n".join(found)
