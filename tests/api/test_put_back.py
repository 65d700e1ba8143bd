"""What was read can be put back, and nothing is lost by it: every resource with PUT, in either mode."""

from __future__ import annotations

from typing import Any

import pytest

from api.documenten.models import EnkelvoudigInformatieObject
from tenants.registry import directory
from tests.api.requests import beside
from tests.factories.everything import own_resources
from tests.isolation.square import House, undone

BEYOND_THE_STANDARD = {"rol"}
"""What only clients of Open Zaak put."""
REPLACED = [
    pytest.param(resource, compatible, id=f"{resource.api.name}-{resource.noun}-{compatible}")
    for resource in own_resources()
    for compatible in (True, False)
    if {"update", "retrieve"} <= resource.operations.keys()
    and (compatible or resource.noun not in BEYOND_THE_STANDARD)
]

pytestmark = pytest.mark.django_db


def test_there_is_something_to_put_back() -> None:
    assert REPLACED


@pytest.mark.parametrize(("resource", "compatible"), REPLACED)
def test_what_was_read_can_be_put_back(
    haarlem_house: House, monkeypatch: pytest.MonkeyPatch, resource: Any, compatible: bool
) -> None:
    api, path = haarlem_house.api, resource.path_of(haarlem_house[resource.model])
    monkeypatch.setattr(directory._known.by_host[api.host], "open_zaak_compatibility", compatible)
    with undone():
        read = api.get(path).json()

        answer = api.put(path, {**read, **beside(resource, "update")})

        assert answer.status_code == 200, answer.content
        written = {name: value for name, value in read.items() if name not in moved_on(resource)}
        assert lost(written, answer.json()) == []
        assert api.get(path).json() == answer.json()


def moved_on(resource: Any) -> set[str]:
    """What is another of each version, whatever was put."""
    return {"versie", "beginRegistratie"} if resource.model is EnkelvoudigInformatieObject else set()


def lost(read: Any, after: Any, at: str = "") -> list[str]:
    """Where a value that was read does not stand afterwards; there may be more than was read."""
    if isinstance(read, dict) and isinstance(after, dict):
        return [
            place for name, value in read.items() for place in lost(value, after.get(name), f"{at}.{name}")
        ]
    return [] if read == after else [at]


def test_a_value_that_is_gone_is_lost() -> None:
    read = {"a": {"b": 1, "c": 2}, "d": [1, 2], "e": 5}

    assert lost(read, {"a": {"b": 1, "x": 3}, "d": [1], "e": 5, "y": ""}) == [".a.c", ".d"]
