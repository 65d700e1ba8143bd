"""Never a byte of one municipality at another: every operation of every resource is attacked."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from api.pipeline.words import registry
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.factories.everything import own_resources
from tests.isolation.attacks import KINDS
from tests.isolation.leaks import leaks, refuses_token, stays_at_home, writes
from tests.isolation.square import Square

OPERATIONS = [
    pytest.param(resource, action, id=f"{resource.api.name}-{resource.noun}-{action}")
    for resource in own_resources()
    for action in resource.operations
]
WRITES = [each for each in OPERATIONS if writes(*each.values)]  # type: ignore[arg-type]
ZAKEN = registry.resource_for(Zaak)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("resource", "action"), OPERATIONS)
def test_an_object_of_the_neighbour_is_as_absent_as_any(square: Square, resource: Any, action: str) -> None:
    assert leaks(square, resource, action) == []


@pytest.mark.parametrize(("resource", "action"), OPERATIONS)
def test_a_token_of_the_neighbour_is_a_token_of_nobody(square: Square, resource: Any, action: str) -> None:
    assert refuses_token(square, resource, action)


@pytest.mark.parametrize(("resource", "action"), WRITES)
def test_a_write_stays_at_home(square: Square, resource: Any, action: str) -> None:
    assert stays_at_home(square, resource, action)


def test_every_operation_has_an_attack() -> None:
    declared = {action for resource in registry.resources() for action in resource.operations}
    assert declared
    assert declared <= set(KINDS)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Forwarded-Host", "utrecht.localhost"),
        ("Forwarded", "host=utrecht.localhost"),
        ("X-Host", "127.0.0.3"),
    ],
)
def test_no_header_leads_next_door(square: Square, header: str, value: str) -> None:
    url = f"{ZAKEN.root()}/{square.utrecht[Zaak].pk}"
    assert square.haarlem.api.get(url, **{header: value}).status_code == 404  # type: ignore[arg-type]


def test_no_answer_sets_a_cookie(square: Square) -> None:
    assert not square.haarlem.api.get(ZAKEN.root()).cookies


def test_postgresql_itself_refuses(square: Square) -> None:
    with (
        in_municipality(square.haarlem.api.municipality),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT count(*) FROM utrecht.zaken_zaak")
