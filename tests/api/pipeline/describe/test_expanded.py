"""What ``_expand`` holds stands in the document: which relations, and what each looks like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.pipeline.declare.declaration import declarations
from api.pipeline.describe.documentation.about_parameters import expandable
from api.pipeline.describe.expanded import schema_name
from api.pipeline.describe.openapi import document
from api.pipeline.words import registry
from tenants.registry import directory
from tests.api.requests import request_of
from tests.factories.everything import own_resources
from tests.isolation.square import House

READ = ("list", "retrieve", "search")
RESOURCES = [each for each in own_resources() if each.expands and any(expandable(each))]
LEADING = [pytest.param(each, id=f"{each.api.name}-{each.noun}") for each in RESOURCES]
READING = [
    pytest.param(each, action, id=f"{each.api.name}-{each.noun}-{action}")
    for each in RESOURCES
    for action in READ
    if action in each.operations
]


def schemas(api: str) -> dict[str, Any]:
    return dict(document(api)["components"]["schemas"])


def target_of(resource: Any, step: str) -> Any:
    return registry.resource_for(resource.representation.members[step].target(resource.model))


def trees(resource: Any, action: str) -> Iterator[list[str]]:
    """What to ask for: of one object each relation with all after it, elsewhere all relations at once.

    What leads to many stands in a path once.
    """
    if action != "retrieve":
        yield list(expandable(resource))
        return
    for step in expandable(resource):
        further = (each for each in expandable(target_of(resource, step)) if each != step)
        yield [step, *(f"{step}.{each}" for each in further)]


def strangers(api: str, name: str, shown: dict[str, Any], place: str = "") -> Iterator[str]:
    """Where an object differs from its schema in which members it has, or in what its relations are."""
    schema = schemas(api)[name]
    parts = [schemas(api)[name.removesuffix("Expanded")], *schema.get("allOf", [])[1:]]
    members = {each for part in parts for each in part["properties"]}
    yield from (f"{place}{each}" for each in members.symmetric_difference(shown) - {"_expand"})
    for step, value in shown.get("_expand", {}).items():
        relation = schemas(api)[name.replace("Expanded", "Embedded")]["properties"].get(step, {})
        yield from _strangers_below(api, relation, value, f"{place}{step}.")


def _strangers_below(api: str, relation: dict[str, Any], value: Any, place: str) -> Iterator[str]:
    if isinstance(value, list) != ("items" in relation):
        yield place
        return
    one = relation["items"] if isinstance(value, list) else relation["oneOf"][0]
    for each in value if isinstance(value, list) else filter(None, [value]):
        yield from strangers(api, one["$ref"].rpartition("/")[2], each, place)


def answered(house: House, resource: Any, action: str, tree: list[str]) -> list[dict[str, Any]]:
    """The objects of an answer with these relations in full."""
    method, path = request_of(resource, action, house)
    body: Any = {"uuid__in": [str(house[resource.model].pk)]} if action == "search" else None
    of_status = resource.operations[action].filters.get("status")
    concepts = "&status=alles" if of_status is not None and not of_status.of_open_zaak else ""
    response = house.api.request(method.upper(), f"{path}?expand={','.join(tree)}{concepts}", body)
    assert response.status_code == 200, response.content
    answer = response.json()
    listed = answer.get("results", [answer]) if isinstance(answer, dict) else answer
    return list(listed)


@pytest.fixture(params=[True, False], ids=["as Open Zaak", "as the standard"])
def either_way(
    request: pytest.FixtureRequest, haarlem_house: House, monkeypatch: pytest.MonkeyPatch
) -> House:
    haarlem_house.api.get("/catalogi/api/v1/zaaktypen")
    known = directory._known.by_host[haarlem_house.api.host]
    monkeypatch.setattr(known, "open_zaak_compatibility", request.param)
    return haarlem_house


@pytest.mark.django_db
@pytest.mark.parametrize(("resource", "action"), READING)
def test_what_is_expanded_is_as_the_document_says(either_way: House, resource: Any, action: str) -> None:
    for tree in trees(resource, action):
        steps = {path for path in tree if "." not in path}
        shown = answered(either_way, resource, action, tree)
        assert [set(each["_expand"]) for each in shown] == [steps] * len(shown)
        name = f"{schema_name(resource)}Expanded"
        assert [each for one in shown for each in strangers(resource.api.name, name, one)] == []
        assert shown


@pytest.mark.parametrize("resource", LEADING)
def test_each_relation_leads_to_the_schema_of_its_resource(resource: Any) -> None:
    held = schemas(resource.api.name)[f"{schema_name(resource)}Embedded"]["properties"]

    assert list(held) == list(expandable(resource))
    for step, relation in held.items():
        shown = relation.get("items") or relation["oneOf"][0]
        target = target_of(resource, step)
        name = shown["$ref"].rpartition("/")[2].removesuffix("Expanded")
        assert schemas(resource.api.name)[name] == schemas(target.api.name)[schema_name(target)]


@pytest.mark.parametrize("resource", LEADING)
def test_what_is_written_has_no_relations_in_full(resource: Any) -> None:
    assert "_expand" not in schemas(resource.api.name)[schema_name(resource)]["properties"]


def test_the_document_is_whole_by_itself() -> None:
    assert "ZaaktypeExpanded" in schemas("zaken")
    assert "ZaaktypeEmbedded" in schemas("zaken")


def test_no_two_schemas_have_one_name() -> None:
    """A document takes in what other APIs serve."""
    names = [schema_name(each) for each in declarations() if each.represents_model and not each.is_open()]

    assert len(names) == len(set(names))
