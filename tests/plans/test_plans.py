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
KNOWN = {
    # Who may see one row in ten has pages far from both ends out of all that they may see, sorted.
    ("ten types", "statussen", "middle page"),
    ("ten types", "statussen", "last page"),
    ("ten types", "enkelvoudiginformatieobjecten", "middle page"),
    # So few of so many that reading the keys of all zaken costs as little.
    ("all rights", "zaken", "rol__machtiging gemachtigde"),
    ("ten types", "zaken", "rol__machtiging gemachtigde"),
    ("ten types", "rollen", "machtiging gemachtigde"),
    # The index of the foreign key finds all statussen of a type, which among so few is no worse than its own.
    ("ten types", "zaken", "status__statustype few"),
}
"""What touches more than it should, by application, list and question."""
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


WITHOUT_INDEXES = "SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off"


@pytest.fixture
def without_indexes(many: Municipality) -> Iterator[None]:
    """PostgreSQL uses none, on a connection that ends with the test: what it prepared would go on so."""
    with in_municipality(many), connection.cursor() as cursor:
        cursor.execute(WITHOUT_INDEXES)
    yield
    connection.close()


@pytest.mark.parametrize("name", ["startdatum few", "omschrijving few", "kenmerk few"])
@pytest.mark.usefixtures("without_indexes")
def test_what_no_index_serves_is_noticed(many: Municipality, apis: dict[str, ApiClient], name: str) -> None:
    """However the list is found: rows that are counted first, and those that are looked at."""
    api, zaken = apis["all rights"], ASKED[0]
    with in_municipality(many):
        (question,) = [each for each in zaken.questions(api.host) if each.name == name]

    assert any("reads all of zaken_zaak" in problem for problem in problems_of(api, question, everybody=api))


@pytest.mark.parametrize("application", APPLICATIONS)
@pytest.mark.parametrize("asking", ASKED, ids=named)
def test_an_index_serves(
    many: Municipality, apis: dict[str, ApiClient], asking: Asking, application: str
) -> None:
    with in_municipality(many):
        questions = list(asking.questions(apis[application].host))
    known = {name for who, where, name in KNOWN if (who, where) == (application, named(asking))}
    assert known <= {each.name for each in questions}

    everybody, api = apis["all rights"], apis[application]
    found = [
        f"{each.name}: {problem}"
        for each in questions
        if each.name not in known
        for problem in problems_of(api, each, everybody=everybody)
    ]

    assert not found, "\n".join(found)
