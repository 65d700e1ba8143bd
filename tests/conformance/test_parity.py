"""The comparison itself: what it finds, and what it lets pass."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import pytest

from tests.conformance.document import Document, load
from tests.conformance.oas import FILES, TARGETS, Operation, official, operations
from tests.conformance.parity import differences
from tests.conformance.schemas import Attribute

V = TypeVar("V")


@pytest.fixture
def zaak_create() -> Operation:
    return official("zaken")["post", "/zaken"]


@pytest.fixture
def zaak_list() -> Operation:
    return official("zaken")["get", "/zaken"]


@pytest.mark.parametrize("api", TARGETS)
def test_the_standard_equals_itself(api: str) -> None:
    assert [found for one in official(api).values() for found in differences(one, one)] == []


def test_the_files_hold_203_operations_and_246_query_parameters() -> None:
    every = [one for api in TARGETS for one in official(api).values()]
    assert (len(every), sum(len(one.query) for one in every)) == (203, 246)


def test_a_reference_is_followed_into_another_file() -> None:
    document = load(FILES / TARGETS["zaken"] / "openapi.yaml")
    node, owner = document.follow(
        "../../../../catalogi/ztc/1.3.x/1.3.2/openapi.yaml#/components/schemas/ZaakType"
    )
    assert "identificatie" in node["properties"]
    assert owner.content["info"]["title"] == "Catalogi API"


def test_attributes_of_groups_lists_and_variants_are_named_as_errors_name_them(
    zaak_create: Operation,
) -> None:
    rol_create = official("zaken")["post", "/rollen"]
    aard_relatie = frozenset({"vervolg", "bijdrage", "onderwerp"})
    assert zaak_create.request["verlenging.reden"] == Attribute(required=True, max_length=200)
    assert zaak_create.request["relevanteAndereZaken.0.aardRelatie"] == Attribute(
        required=True, enum=aard_relatie
    )
    assert rol_create.request["betrokkeneIdentificatie.inpBsn"].max_length == 9


def test_variants_without_a_mapping_are_found_by_name() -> None:
    applicatie_create = official("autorisaties")["post", "/applicaties"]
    assert applicatie_create.request["autorisaties.0.zaaktype"].max_length == 1000


def test_scopes_are_alternatives() -> None:
    status_create = official("zaken")["post", "/statussen"]
    assert status_create.scopes == {"zaken.aanmaken", "zaken.statussen.toevoegen", "zaken.heropenen"}


def test_scopes_that_are_asked_together_are_one_alternative() -> None:
    operation = {
        "operationId": "ding_list",
        "security": [{"JWT-Claims": ["b", "a"]}, {"JWT-Claims": ["c"]}],
        "responses": {},
    }
    document = Document({"paths": {"/dingen": {"get": operation}}})
    assert operations(document)["get", "/dingen"].scopes == {"a & b", "c"}


def test_another_operation_id_is_found(zaak_create: Operation) -> None:
    assert found(zaak_create, replace(zaak_create, operation_id="zaken_create")) == ["operationId "]


def test_other_scopes_are_found(zaak_create: Operation) -> None:
    assert found(zaak_create, replace(zaak_create, scopes=frozenset())) == ["scopes "]


def test_a_missing_query_parameter_is_found(zaak_list: Operation) -> None:
    assert found(zaak_list, replace(zaak_list, query=without(zaak_list.query, "startdatum__gte"))) == [
        "query startdatum__gte"
    ]


def test_a_query_parameter_of_our_own_must_be_marked_experimental(zaak_list: Operation) -> None:
    assert found(zaak_list, replace(zaak_list, query={**zaak_list.query, "pageSize": False})) == [
        "query pageSize"
    ]
    assert found(zaak_list, replace(zaak_list, query={**zaak_list.query, "pageSize": True})) == []


def test_a_missing_header_is_found(zaak_create: Operation) -> None:
    assert found(zaak_create, replace(zaak_create, headers=without(zaak_create.headers, "Accept-Crs"))) == [
        "header Accept-Crs"
    ]


def test_a_missing_group_is_found_once(zaak_create: Operation) -> None:
    response = {name: one for name, one in zaak_create.response.items() if not name.startswith("verlenging")}
    assert found(zaak_create, replace(zaak_create, response=response)) == ["response verlenging"]


def test_an_attribute_of_our_own_must_be_marked_experimental(zaak_create: Operation) -> None:
    plain = {**zaak_create.response, "kleur": Attribute()}
    marked = {**zaak_create.response, "kleur": Attribute(experimental=True)}
    assert found(zaak_create, replace(zaak_create, response=plain)) == ["response kleur"]
    assert found(zaak_create, replace(zaak_create, response=marked)) == []


def test_a_missing_relation_of_expand_is_found(zaak_list: Operation) -> None:
    response = without(zaak_list.response, "results.0._expand.status")
    assert found(zaak_list, replace(zaak_list, response=response)) == ["response results.0._expand.status"]


def test_one_where_the_standard_has_many_is_found(zaak_list: Operation) -> None:
    response = without(zaak_list.response, "results.0._expand.rollen.0")
    assert found(zaak_list, replace(zaak_list, response=response)) == ["response results.0._expand.rollen.0"]


@pytest.mark.parametrize(
    "ours",
    [
        Attribute(required=False, max_length=9),
        Attribute(required=True, max_length=10),
        Attribute(required=True, max_length=9, enum=frozenset({"517439943"})),
        Attribute(required=True, max_length=9, read_only=True),
    ],
)
def test_a_request_that_asks_something_else_is_found(zaak_create: Operation, ours: Attribute) -> None:
    request = {**zaak_create.request, "bronorganisatie": ours}
    assert found(zaak_create, replace(zaak_create, request=request)) == ["request bronorganisatie"]


def test_a_request_may_leave_out_what_can_only_be_read(zaak_create: Operation) -> None:
    assert found(zaak_create, replace(zaak_create, request=without(zaak_create.request, "einddatum"))) == []


def test_a_served_document_is_read_like_an_official_one() -> None:
    schema = {
        "type": "object",
        "required": ["naam"],
        "properties": {"naam": {"type": "string", "maxLength": 5}},
    }
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ding"}}}}
    operation = {
        "operationId": "ding_create",
        "x-experimental": True,
        "security": [{"JWT-Claims": ["(dingen.maken | dingen.alles)"]}],
        "requestBody": body,
        "responses": {"201": body, "400": {}},
    }
    document = Document(
        {"paths": {"/dingen": {"post": operation}}, "components": {"schemas": {"Ding": schema}}}
    )
    assert operations(document)["post", "/dingen"] == Operation(
        method="post",
        path="/dingen",
        operation_id="ding_create",
        experimental=True,
        query={},
        headers={},
        scopes=frozenset({"dingen.maken", "dingen.alles"}),
        request={"naam": Attribute(required=True, max_length=5)},
        response={"naam": Attribute(required=True, max_length=5)},
    )


def found(theirs: Operation, ours: Operation) -> list[str]:
    return [f"{one.aspect} {one.name}" for one in differences(theirs, ours)]


def without(values: Mapping[str, V], name: str) -> Mapping[str, V]:
    return {key: value for key, value in values.items() if key != name}
