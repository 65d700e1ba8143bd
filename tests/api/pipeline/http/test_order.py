"""The first violation is the most specific one: members in the order of the schema, objects after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from api.documenten.models import BestandsDeel
from api.pipeline.declare.write import Write
from api.pipeline.http.order import in_order, places_of
from api.pipeline.words import registry
from api.pipeline.words.violations import OBJECT, Violation
from tests.api.client import ApiClient, Response
from tests.api.modes import answering
from tests.api.refusals import violations
from tests.api.requests import request_of
from tests.factories.everything import own_resources
from tests.isolation.square import House

WRITING = [
    pytest.param(resource, action, id=f"{resource.noun}-{action}")
    for resource in own_resources()
    if resource.represents_model and resource.model is not BestandsDeel  # which comes in parts of its own
    for action in ("create", "update", "partial_update")
    if action in resource.operations
]
LISTING = [
    pytest.param(resource, id=f"{resource.api.name}-{resource.noun}")
    for resource in registry.resources()
    if "list" in resource.operations and resource.operations["list"].filters
]
MODES = pytest.mark.parametrize("compatible", [True, False])


def ordered(*names: str) -> list[str]:
    """As the members of a zaak are told."""
    zaak = registry.resource_at("zaken", "zaken")
    assert zaak is not None
    given = [Violation(name, "invalid", "Nee.") for name in names]
    return [each.name for each in in_order(given, places_of(zaak, "create"))]


def members(resource: Any) -> list[str]:
    """Every member, those of its groups and lists too, in the order of the schema."""
    return [
        name
        for each in resource.representation.members.values()
        for name in _within(each.name, each.schema(resource.model))
    ]


def _within(name: str, schema: Any) -> Iterator[str]:
    yield name
    below = schema.get("items", schema).get("properties", {})
    step = f"{name}.0" if "items" in schema else name
    for inner, each in below.items():
        yield from _within(f"{step}.{inner}", each)


def sent(house: House, resource: Any, action: str) -> Response:
    method, path = request_of(resource, action, house)
    return house.api.request(method.upper(), path, house.body(resource))


@MODES
@pytest.mark.parametrize(("resource", "action"), WRITING)
def test_whatever_rule_says_it(
    haarlem_house: House, monkeypatch: pytest.MonkeyPatch, resource: Any, action: str, *, compatible: bool
) -> None:
    wrong = members(resource)

    def whole(_: Write) -> Iterator[Violation]:
        yield Violation(OBJECT, "invalid", "Nee.")

    def backwards(_: Write) -> Iterator[Violation]:
        yield from (Violation(name, "invalid", "Nee.") for name in reversed(wrong))

    operation = replace(resource.operations[action], references=(whole, backwards), unique=(), asking={})
    monkeypatch.setitem(resource.operations, action, replace(operation, of_open_zaak=False))

    with answering(haarlem_house.api, compatible=compatible):
        answer = sent(haarlem_house, resource, action)

    assert [name for name, _ in violations(answer)] == [*wrong, OBJECT]


@MODES
@pytest.mark.parametrize("resource", LISTING)
def test_the_parameters_of_a_list(haarlem_api: ApiClient, resource: Any, *, compatible: bool) -> None:
    names = list(resource.operations["list"].query)
    with answering(haarlem_api, compatible=compatible):
        answer = haarlem_api.get(
            resource.root() + "?" + "&".join(f"{name}={'x' * 2000}" for name in reversed(names))
        )

    told = [each["name"] for each in answer.json().get("invalidParams", ())]
    assert [name for name in told if name != OBJECT] == [name for name in names if name in told]


def test_items_come_by_their_number_and_a_list_before_its_items() -> None:
    given = ("kenmerken.10.bron", "kenmerken.9.kenmerk", "kenmerken.9.bron", "kenmerken")

    assert ordered(*given) == ["kenmerken", "kenmerken.9.kenmerk", "kenmerken.9.bron", "kenmerken.10.bron"]


def test_what_is_said_of_a_group_comes_after_its_members() -> None:
    given = (OBJECT, "verlenging.nonFieldErrors", "verlenging.duur", "verlenging.reden")

    assert ordered(*given) == [
        "verlenging.reden",
        "verlenging.duur",
        "verlenging.nonFieldErrors",
        OBJECT,
    ]


def test_what_the_schema_does_not_know_stays_in_its_order() -> None:
    given = (OBJECT, "b.1.d", "a.0.c", "identificatie")

    assert ordered(*given) == ["identificatie", "b.1.d", "a.0.c", OBJECT]


@pytest.mark.parametrize("name", ["²", "a.²", "9" * 5000, f"kenmerken.{'9' * 5000}"])
def test_a_name_that_is_no_number_has_a_place_too(name: str) -> None:
    assert ordered(OBJECT, name, "identificatie") == ["identificatie", name, OBJECT]
