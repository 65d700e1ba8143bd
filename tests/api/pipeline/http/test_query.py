"""Queries as clients of Open Zaak write them: over every resource, where that is wanted and where not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.autorisaties.resources.applicatie import ApplicatieResource
from api.pipeline.validate.filters import LinkTo
from api.pipeline.words import registry
from api.zaken.models import Rol, Zaak
from api.zaken.resources.zaak import ZaakResource
from tests.api.client import Response
from tests.api.refusals import violations
from tests.api.requests import request_of
from tests.api.zaken.conftest import ROLLEN, ZAKEN
from tests.factories.everything import own_resources
from tests.isolation.square import House, undone

UNKNOWN = [("nonFieldErrors", "unknown-parameters")]


def _shared(resource: Any) -> set[str]:
    given = {"expand"} if resource.expands else set()
    given |= {"page", "pageSize"} if resource.paged else set()
    return given | ({"ordering"} if resource.ordering else set())


def _relations(resource: Any) -> list[str]:
    members = resource.representation.members.items()
    targets = {name: member.target(resource.model) for name, member in members}
    return [name for name, target in targets.items() if target is not None and registry.is_served(target)]


OPERATIONS = [(resource, action) for resource in own_resources() for action in resource.operations]
LISTS = [pytest.param(resource, id=resource.noun) for resource, action in OPERATIONS if action == "list"]
LINKED = [
    pytest.param(resource, name, id=f"{resource.noun}-{name}")
    for resource, action in OPERATIONS
    if action == "list"
    for name, declared in resource.operations["list"].filters.items()
    if isinstance(declared, LinkTo) and not declared.of_open_zaak
]
EXPANDING = [
    pytest.param(resource, names[:2], id=resource.noun)
    for resource, action in OPERATIONS
    if action == "retrieve" and resource.expands
    for names in [_relations(resource)]
    if len(names) > 1
]
KNOWN_THERE = [
    pytest.param(resource, action, name, id=f"{resource.noun}-{action}-{name}")
    for resource, action in OPERATIONS
    for name, declared in resource.operations[action].query.items()
    if declared.of_open_zaak
]
DONE_THERE = [
    pytest.param(resource, action, id=f"{resource.noun}-{action}")
    for resource, action in OPERATIONS
    if resource.operations[action].of_open_zaak
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_the_letter(haarlem_house: House) -> Iterator[None]:
    """Haarlem does without what Open Zaak has beyond the standard."""
    municipality = haarlem_house.api.municipality
    with undone():
        municipality.open_zaak_compatibility = False
        municipality.save()
        yield
    municipality.open_zaak_compatibility = True


@pytest.mark.parametrize("resource", LISTS)
def test_an_empty_value_asks_nothing(haarlem_house: House, resource: Any) -> None:
    _, path = request_of(resource, "list", haarlem_house)
    names = {*resource.operations["list"].query, *_shared(resource)}

    answer = haarlem_house.api.get(f"{path}?{'&'.join(f'{name}=' for name in sorted(names))}")

    assert answer.status_code == 200
    assert answer.json() == haarlem_house.api.get(path).json()


@pytest.mark.parametrize(("resource", "name"), LINKED)
@pytest.mark.usefixtures("by_the_letter")
def test_by_the_letter_an_empty_value_is_no_url(haarlem_house: House, resource: Any, name: str) -> None:
    _, path = request_of(resource, "list", haarlem_house)

    assert (name, "invalid") in violations(haarlem_house.api.get(f"{path}?{name}="))


@pytest.mark.parametrize("resource", LISTS)
@pytest.mark.parametrize("value", ["", "x"])
def test_an_unknown_name_is_refused_with_a_value_or_without(
    haarlem_house: House, resource: Any, value: str
) -> None:
    _, path = request_of(resource, "list", haarlem_house)

    assert violations(haarlem_house.api.get(f"{path}?kleur={value}")) == UNKNOWN


@pytest.mark.parametrize("query", ["", "?clientId=", "?clientId=&clientId="])
def test_what_is_required_stays_so(haarlem_house: House, query: str) -> None:
    path = f"{ApplicatieResource.root()}/consumer{query}"

    assert violations(haarlem_house.api.get(path)) == [("clientId", "required")]


@pytest.mark.parametrize(("resource", "names"), EXPANDING)
def test_several_values_are_one_list(haarlem_house: House, resource: Any, names: list[str]) -> None:
    first, second = names

    answers = [
        expanded(haarlem_house, resource, query)
        for query in (
            f"expand={first},{second}",
            f"expand={first}&expand={second}",
            f"expand[]={first}&expand[]={second}",
        )
    ]

    assert answers[0].status_code == 200
    assert [each.json() for each in answers] == [answers[0].json()] * 3


@pytest.mark.parametrize(("resource", "names"), EXPANDING)
@pytest.mark.usefixtures("by_the_letter")
def test_by_the_letter_the_last_value_counts(haarlem_house: House, resource: Any, names: list[str]) -> None:
    first, second = names

    assert (
        expanded(haarlem_house, resource, f"expand={first}&expand={second}").json()
        == expanded(haarlem_house, resource, f"expand={second}").json()
    )
    assert violations(expanded(haarlem_house, resource, f"expand[]={first}")) == UNKNOWN


def test_an_order_stands_in_brackets(haarlem_house: House) -> None:
    zaken = haarlem_house.api.get(f"{ZAKEN}?ordering[]=startdatum&ordering[]=-identificatie")

    assert zaken.json() == haarlem_house.api.get(f"{ZAKEN}?ordering=startdatum,-identificatie").json()
    assert violations(haarlem_house.api.get(f"{ZAKEN}?ordering[]=kleur")) == [("ordering", "invalid_choice")]


@pytest.mark.usefixtures("by_the_letter")
def test_by_the_letter_brackets_are_part_of_a_name(haarlem_house: House) -> None:
    assert violations(haarlem_house.api.get(f"{ZAKEN}?ordering[]=startdatum")) == UNKNOWN


def test_the_values_of_a_filter_are_one_list(haarlem_house: House) -> None:
    name, words = "archiefstatus__in", ("overgedragen", haarlem_house[Zaak].archiefstatus)
    queries = [
        f"{name}={','.join(words)}",
        *("&".join(f"{each}={word}" for word in words) for each in (name, f"{name}[]")),
    ]

    answers = [haarlem_house.api.get(f"{ZAKEN}?{query}").json() for query in queries]

    assert answers[0]["count"] > 0
    assert answers == [answers[0]] * 3


def test_brackets_belong_to_lists_alone(haarlem_house: House) -> None:
    assert violations(haarlem_house.api.get(f"{ZAKEN}?identificatie[]=x")) == UNKNOWN


def test_a_page_that_follows_is_asked_in_the_same_form(haarlem_house: House) -> None:
    with undone():
        haarlem_house.api.post(ZAKEN, {**haarlem_house.body(ZaakResource), "identificatie": "een andere"})
        following = haarlem_house.api.get(f"{ZAKEN}?pageSize=1&zaaktype=&ordering[]=startdatum").json()[
            "next"
        ]

        assert haarlem_house.api.get(following).json()["previous"]


@pytest.mark.parametrize(("resource", "action", "name"), KNOWN_THERE)
def test_what_open_zaak_has_is_known(haarlem_house: House, resource: Any, action: str, name: str) -> None:
    answer = asked(haarlem_house, resource, action, name)

    assert answer.status_code == 200 or violations(answer) != UNKNOWN


@pytest.mark.parametrize(("resource", "action", "name"), KNOWN_THERE)
@pytest.mark.usefixtures("by_the_letter")
def test_by_the_letter_it_is_not(haarlem_house: House, resource: Any, action: str, name: str) -> None:
    answer = asked(haarlem_house, resource, action, name)

    assert answer.status_code == 400
    assert action == "headers" or violations(answer) == UNKNOWN


@pytest.mark.parametrize(("resource", "action"), DONE_THERE)
@pytest.mark.usefixtures("by_the_letter")
def test_by_the_letter_it_is_not_done(haarlem_house: House, resource: Any, action: str) -> None:
    method, path = request_of(resource, action, haarlem_house)

    answer = haarlem_house.api.request(method.upper(), path, haarlem_house.body(resource))

    assert answer.status_code == 405
    assert haarlem_house.api.get(f"{ROLLEN}/{haarlem_house[Rol].pk}").status_code == 200


def test_there_is_something_to_check() -> None:
    assert all((LINKED, EXPANDING, KNOWN_THERE, DONE_THERE))


def asked(house: House, resource: Any, action: str, name: str) -> Response:
    method, path = request_of(resource, action, house)
    if action == "search":
        return house.api.request("POST", path, {name: "2026-01-05"})
    return house.api.request(method.upper(), f"{path}?{name}=2026-01-05")


def expanded(house: House, resource: Any, query: str) -> Response:
    _, path = request_of(resource, "retrieve", house)
    return house.api.get(f"{path}?{query}")
