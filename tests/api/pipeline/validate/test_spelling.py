"""Names in snake case, as clients of Open Zaak send them, are read as those of the standard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework import serializers

from api.pipeline.represent.serializers import write_serializer
from api.pipeline.validate.objects import ObjectSerializer
from api.pipeline.words import registry
from api.pipeline.words.names import plain, spelled_as
from api.zaken.betrokkenen import FORMS, Contactpersoon
from api.zaken.models import Zaak
from tests.api.client import ApiClient, Response
from tests.api.modes import answering
from tests.api.refusals import violations
from tests.api.requests import request_of
from tests.api.zaken.conftest import ROLLEN, ZAKEN, Catalogue
from tests.factories.everything import own_resources
from tests.isolation.square import House, undone

CREATING = [
    pytest.param(resource, id=resource.noun)
    for resource in own_resources()
    if "create" in resource.operations and resource.represents_model
]
SEARCHING = [resource for resource in own_resources() if "search" in resource.operations]


SPELLED_OTHERWISE = [
    resource
    for resource in SEARCHING
    if any(map(str.isupper, "".join(resource.operations["search"].filters)))
]
"""Those of which a filter has a name of several words."""


def snake(value: Any) -> Any:
    """All names in it as Python writes them."""
    if isinstance(value, list):
        return [snake(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {re.sub(r"(?<!^)(?<!_)([A-Z])", r"_\1", key).lower(): snake(each) for key, each in value.items()}


def made(house: House, resource: Any, body: Any, *, compatible: bool) -> Response:
    """The answer to making it, which has not happened afterwards."""
    with answering(house.api, compatible=compatible), undone():
        house.vacate(resource)
        return house.api.post(request_of(resource, "create", house)[1], body)


def told(answer: Response, resource: Any) -> Any:
    """What clients can write of what was made; or why it was refused."""
    if answer.status_code != 201:
        return violations(answer)
    return {name: answer.json()[name] for name in write_serializer(resource)().fields}


def objects_in(serializer: Any) -> Iterator[ObjectSerializer]:
    """The serializer and those of all objects in it."""
    if isinstance(serializer, serializers.ListSerializer | serializers.ListField):
        yield from objects_in(serializer.child)
    elif isinstance(serializer, ObjectSerializer):
        yield serializer
        for field in serializer.fields.values():
            yield from objects_in(field)


@pytest.mark.parametrize("resource", CREATING)
def test_a_body_in_snake_case(haarlem_house: House, resource: Any) -> None:
    body = haarlem_house.body(resource)

    usual, snaked = (made(haarlem_house, resource, each, compatible=True) for each in (body, snake(body)))

    assert told(snaked, resource) == told(usual, resource)
    assert usual.status_code == 201


@pytest.mark.parametrize("resource", CREATING)
def test_by_the_letter_such_a_name_is_unknown(haarlem_house: House, resource: Any) -> None:
    body = haarlem_house.body(resource)
    known = {name: snake(value) for name, value in body.items() if snake({name: 0}) == {name: 0}}

    snaked, left = (made(haarlem_house, resource, each, compatible=False) for each in (snake(body), known))

    assert told(snaked, resource) == told(left, resource)


@pytest.mark.parametrize("method", ["put", "patch"])
@pytest.mark.parametrize("resource", CREATING)
def test_a_refusal_names_the_member_of_the_standard(haarlem_house: House, resource: Any, method: str) -> None:
    action = {"put": "update", "patch": "partial_update"}[method]
    if action not in resource.operations:
        method, action = "post", "create"
    wrong = {name: {"a": ["b"]} for name in write_serializer(resource)().fields}

    with answering(haarlem_house.api, compatible=True):
        path = request_of(resource, action, haarlem_house)[1]
        usual, snaked = (
            haarlem_house.api.request(method.upper(), path, each) for each in (wrong, snake(wrong))
        )

    assert violations(snaked) == violations(usual)


@pytest.mark.parametrize("resource", SPELLED_OTHERWISE, ids=lambda each: each.noun)
def test_a_search_in_snake_case(haarlem_api: ApiClient, resource: Any) -> None:
    wrong = {name: {"a": "b"} for name in resource.operations["search"].filters}
    path = f"{resource.root()}/_zoek"

    with answering(haarlem_api, compatible=True):
        snaked, usual = (violations(haarlem_api.post(path, each)) for each in (snake(wrong), wrong))
    with answering(haarlem_api, compatible=False):
        refused = violations(haarlem_api.post(path, snake(wrong)))
    assert snaked == usual
    assert {name for name, _ in usual} == set(wrong)
    assert refused == [("nonFieldErrors", "unknown-parameters")]


def test_no_two_names_of_an_object_are_alike() -> None:
    known = [set(write_serializer(resource).names) for resource in registry.resources()]
    written = [write_serializer(resource)() for resource in registry.resources()]
    objects = [each for serializer in written for each in objects_in(serializer)]
    known += [set(each.names) for each in objects]
    known += [set(each._declared_fields) for each in FORMS.values()]
    known += [{*each.operations["search"].filters, "ordering", "expand"} for each in SEARCHING]

    alike = [{name for name in each if Counter(map(plain, each))[plain(name)] > 1} for each in known]

    assert len(objects) > len(written)
    assert not any(alike)


@pytest.mark.parametrize("resource", registry.resources(), ids=lambda each: each.noun)
def test_an_object_knows_the_names_of_its_fields(resource: Any) -> None:
    assert all(each.fields.keys() <= each.names for each in objects_in(write_serializer(resource)()))


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"roltoelichting": 1}, {"roltoelichting": 1}),
        ({"rol_toelichting": 1}, {"roltoelichting": 1}),
        ({"ROLTOELICHTING": 1}, {"roltoelichting": 1}),
        ({"rol_toelichting": 1, "roltoelichting": 2}, {"roltoelichting": 2}),
        ({"roltoelichting": 2, "rol_toelichting": 1}, {"roltoelichting": 2}),
        ({"inp_a_nummer": 1, "_expand": {}}, {"inpA_nummer": 1, "_expand": {}}),
        ({"sub_adres_buitenland_1": 1}, {"subAdresBuitenland_1": 1}),
        ({"": 1, "_": 2}, {"": 1, "_": 2}),
    ],
)
def test_an_exact_name_wins(given: dict[str, Any], read: dict[str, Any]) -> None:
    assert spelled_as({"roltoelichting", "inpA_nummer", "subAdresBuitenland_1"}, given) == read


def test_without_a_caller_it_is_read_by_the_letter() -> None:
    form = Contactpersoon(data={"naam": "J. de Vries", "e_mailadres": "j@x.example"})

    assert form.is_valid()
    assert form.validated_data["emailadres"] == ""


def test_the_form_of_a_betrokkene(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    abroad = {"lnd_landcode": "BE", "lnd_landnaam": "België", "sub_adres_buitenland_1": "Grote Markt 1"}
    who = {"inp_bsn": "999993653", "inp_a_nummer": "1234567890", "sub_verblijf_buitenland": abroad}
    body = catalogue.rol(zaak, betrokkene_type="natuurlijk_persoon", betrokkene_identificatie=who)
    del body["betrokkeneType"], body["betrokkeneIdentificatie"]

    found = haarlem_api.post(ROLLEN, body).json()["betrokkeneIdentificatie"]

    assert (found["inpBsn"], found["inpA_nummer"]) == ("999993653", "1234567890")
    assert found["subVerblijfBuitenland"]["subAdresBuitenland_1"] == "Grote Markt 1"


def test_geojson_has_its_own_names(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    body = catalogue.zaak(zaakgeometrie={"Type": "Point", "coordinates": [4.6, 52.4]})

    assert violations(haarlem_api.post(ZAKEN, body)) == [("zaakgeometrie", "invalid")]
