"""A closed zaak and what belongs to it change by force only: over every write of every resource (zrc-007)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.zaken.models import Zaak
from api.zaken.scopes import ZAKEN_GEFORCEERD_BIJWERKEN
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, Response, api_with_rights, right
from tests.api.requests import BODILESS, request_of
from tests.factories.everything import own_resources
from tests.isolation.rows import digests
from tests.isolation.square import House, undone

EXCEPTIONS = {
    ("zaak", "create"): 201,  # a new zaak is open
    ("zaak", "destroy"): 204,  # zrc-023: deleting asks for a scope of its own
    ("resultaat", "create"): 400,  # x-zrc-c1: a second one is refused before anything about rights
}
"""Writes that do not need force, and what they are answered."""

WRITES = [
    pytest.param(resource, name, id=f"{resource.noun}-{name}")
    for resource in own_resources()
    if resource.main_resource().model is Zaak and resource.represents_model
    for name, operation in resource.operations.items()
    if not operation.reads
]
FORCE = ZAKEN_GEFORCEERD_BIJWERKEN.labels()
SCOPES = {
    label
    for resource in own_resources()
    for operation in resource.operations.values()
    for label in operation.scope.labels()
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(haarlem_house: House) -> Iterator[House]:
    house = replace(haarlem_house, bodies={})
    for write in WRITES:
        house.body(write.values[0])
    with undone():
        with in_municipality(house.api.municipality):
            Zaak.objects.update(einddatum=date(2026, 6, 1))
        yield house


@pytest.mark.parametrize(("resource", "name"), WRITES)
def test_a_closed_zaak_refuses_it_without_force(closed: House, resource: Any, name: str) -> None:
    caller = holder(closed, SCOPES - FORCE)
    before = digests(closed.api.municipality)

    answer = sent(caller, closed, resource, name)

    expected = EXCEPTIONS.get((resource.noun, name), 403)
    assert answer.status_code == expected, answer.content
    assert (digests(closed.api.municipality) == before) == (expected >= 400)


@pytest.mark.parametrize(("resource", "name"), WRITES)
def test_a_closed_zaak_takes_it_by_force(closed: House, resource: Any, name: str) -> None:
    answer = sent(holder(closed, SCOPES), closed, resource, name)

    assert answer.status_code in (200, 201, 204, EXCEPTIONS.get((resource.noun, name))), answer.content


@pytest.mark.parametrize(("resource", "name"), WRITES)
def test_its_own_guard_is_what_refuses(
    closed: House, monkeypatch: pytest.MonkeyPatch, resource: Any, name: str
) -> None:
    unguarded = replace(resource.operations[name], guards=())
    monkeypatch.setitem(resource.operations, name, unguarded)

    answer = sent(holder(closed, SCOPES - FORCE), closed, resource, name)

    assert answer.status_code == EXCEPTIONS.get((resource.noun, name), unguarded.status)


def test_every_exception_is_a_write() -> None:
    assert EXCEPTIONS.keys() <= {(write.values[0].noun, write.values[1]) for write in WRITES}  # type: ignore[union-attr]


def holder(house: House, scopes: set[str]) -> ApiClient:
    """An application with these scopes on the zaak."""
    zaaktype, highest = house[Zaak].zaaktype, Vertrouwelijkheidaanduiding.ZEER_GEHEIM
    with in_municipality(house.api.municipality):
        given = [right("zrc", sorted(scopes), zaaktype, maximum=highest), right("ztc", sorted(scopes))]
    return api_with_rights(house.api.municipality, *given)


def sent(caller: ApiClient, house: House, resource: Any, name: str) -> Response:
    """What it is answered to an ordinary write."""
    method, path = request_of(resource, name, house)
    body = None if method in BODILESS else house.body(resource)
    if body and name == "create":
        body.pop("identificatie", None)
    return caller.request(method.upper(), path, body)
