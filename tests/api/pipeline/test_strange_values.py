"""One strange value at a time in a body that is right, or in a query: refused clearly, or taken.

Never a 500; a refusal writes nothing, and no log holds what was sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.db import transaction

from tests.api.pipeline.strange import ALL, MARKER, QUERIES, TEXTS, fitting, places
from tests.api.requests import beside, request_of
from tests.factories.everything import own_resources
from tests.isolation.places import replaced
from tests.isolation.square import House, undone

REFUSED = range(400, 500)
TAKEN = range(200, 300)
ACTIONS = ("create", "update", "partial_update")

WRITTEN = [
    pytest.param(resource, id=f"{resource.api.name}-{resource.noun}")
    for resource in own_resources()
    if resource.represents_model
    and set(ACTIONS) & resource.operations.keys()
    and "retrieve" in resource.operations
]
FILTERED = [
    pytest.param(resource, action, id=f"{resource.api.name}-{resource.noun}-{action}")
    for resource in own_resources()
    for action, operation in resource.operations.items()
    if operation.filters or action in ("list", "retrieve")
]
SEARCHED = [each for each in FILTERED if each.values[1] == "search"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("resource", WRITTEN)
def test_one_strange_value_in_a_body(
    haarlem_house: House, resource: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    with undone():
        sent = list(_bodies(haarlem_house, resource))
        assert sent
        assert [each for each in sent if not _answered(haarlem_house, *each)] == []
        assert haarlem_house.is_unchanged
    assert MARKER not in "".join(capfd.readouterr())


@pytest.mark.parametrize(("resource", "action"), FILTERED)
def test_a_strange_value_in_a_query(
    haarlem_house: House, resource: Any, action: str, capfd: pytest.CaptureFixture[str]
) -> None:
    method, path = request_of(resource, action, haarlem_house)
    body: Any = {"uuid__in": []} if action == "search" else None
    names = {*resource.operations[action].filters, "page", "pageSize", "expand", "ordering", "kleur"}
    for name in sorted(names):
        for value in QUERIES:
            answer = haarlem_house.api.request(method.upper(), f"{path}?{name}={value}", body)
            assert answer.status_code in (*TAKEN, *REFUSED), f"{name}={value}: {answer.content!r}"
    assert haarlem_house.is_unchanged
    assert MARKER not in "".join(capfd.readouterr())


@pytest.mark.parametrize(("resource", "action"), SEARCHED)
def test_a_strange_value_in_a_search(
    haarlem_house: House, resource: Any, action: str, capfd: pytest.CaptureFixture[str]
) -> None:
    method, path = request_of(resource, action, haarlem_house)
    for name in (*resource.operations[action].filters, "ordering", "expand", "kleur"):
        for value in (*ALL.values(), [MARKER], [TEXTS["url without an object"], None]):
            answer = haarlem_house.api.request(method.upper(), path, {name: value})
            assert answer.status_code in (*TAKEN, *REFUSED), f"{name}={value!r}: {answer.content!r}"
    assert haarlem_house.is_unchanged
    assert MARKER not in "".join(capfd.readouterr())


def _bodies(house: House, resource: Any) -> Iterator[tuple[str, str, Any]]:
    """Each value in each place, by one of the ways to write: all of them read bodies alike."""
    actions = [action for action in ACTIONS if action in resource.operations]
    valid, turn = house.body(resource), count()
    for place, present in places(valid):
        for value in fitting(present).values():
            action = actions[next(turn) % len(actions)]
            body = replaced(valid, place, value)
            whole = action != "partial_update"
            given = body if whole else {place[0]: body[place[0]]}
            yield *request_of(resource, action, house), {**given, **beside(resource, action)}


def _answered(house: House, method: str, path: str, body: Any) -> bool:
    """Whether it was taken or refused; what was taken has not happened, what was refused should not have."""
    with transaction.atomic():
        answer = house.api.request(method.upper(), path, body)
        if answer.status_code in TAKEN:
            transaction.set_rollback(True)
    return answer.status_code in (*TAKEN, *REFUSED)


def test_the_places_of_a_body() -> None:
    body = {"a": {"b": 1}, "c": [{"d": 2}, 3], "e": []}
    found = [place for place, _ in places(body)]
    assert found == [("a",), ("a", "b"), ("c",), ("c", 0), ("c", 0, "d"), ("e",)]
