"""What was read can be put back, and nothing is lost by it: every resource with PUT, in either mode."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tenants.registry import directory
from tests.factories.everything import own_resources
from tests.isolation.square import House, undone

REPLACED = [
    pytest.param(resource, id=f"{resource.api.name}-{resource.noun}")
    for resource in own_resources()
    if "update" in resource.operations
]

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[True, False], ids=["as-open-zaak", "by-the-letter"])
def house(
    haarlem_house: House, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[House]:
    """Haarlem, with compatibility on and off."""
    known = directory._known.by_host[haarlem_house.api.host]
    monkeypatch.setattr(known, "open_zaak_compatibility", request.param)
    with undone():
        yield haarlem_house


def test_there_is_something_to_put_back() -> None:
    assert REPLACED


@pytest.mark.parametrize("resource", REPLACED)
def test_what_was_read_can_be_put_back(house: House, resource: Any) -> None:
    path = resource.path_of(house[resource.model])
    read = house.api.get(path).json()

    answer = house.api.put(path, read)

    assert (answer.status_code, answer.json()) == (200, read)
    assert house.api.get(path).json() == read
