"""The document that is served, where it can be written in more than one way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.conf import settings

from api.pipeline.describe.openapi import document
from api.pipeline.describe.yaml_text import written
from tests.api.client import ApiClient


def test_scopes_stand_as_the_standard_writes_them() -> None:
    paths = document("catalogi")["paths"]

    alternatives = paths["/roltypen"]["post"]["security"]
    single = paths["/zaaktypen"]["post"]["security"]
    assert alternatives == [{"JWT-Claims": ["(catalogi.schrijven | catalogi.geforceerd-schrijven)"]}]
    assert single == [{"JWT-Claims": ["catalogi.schrijven"]}]


def test_a_closed_list_has_the_empty_word_where_a_blank_is_allowed() -> None:
    members = document("catalogi")["components"]["schemas"]["Resultaattype"]["properties"]

    assert "" in members["archiefnominatie"]["enum"]


@pytest.mark.parametrize("api", settings.APIS)
def test_nothing_stands_beside_a_reference(api: str) -> None:
    """A reader of OpenAPI 3.0 looks at nothing but the reference there."""
    references = [each for each in nodes(document(api)) if "$ref" in each]

    assert references
    assert [each for each in references if len(each) > 1] == []


def test_a_closed_list_that_may_be_null_names_it() -> None:
    every = [each for api in settings.APIS for each in nodes(document(api)["components"]["schemas"])]
    closed = [each for each in every if each.get("nullable") is True and "enum" in each]

    assert closed
    assert [each for each in closed if None not in each["enum"]] == []


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(each)


def test_everybody_may_read_it(haarlem_api: ApiClient) -> None:
    answer = haarlem_api.get("/catalogi/api/v1/openapi.json", Authorization="")

    assert answer.json()["servers"] == [{"url": "http://haarlem.localhost/catalogi/api/v1"}]


@pytest.mark.parametrize("api", settings.APIS)
def test_it_is_the_same_in_yaml(haarlem_api: ApiClient, api: str) -> None:
    answer = haarlem_api.get(f"/{api}/api/v1/schema/openapi.yaml", Authorization="")

    assert answer["Content-Type"] == "application/yaml"
    assert yaml.safe_load(answer.content) == haarlem_api.get(f"/{api}/api/v1/openapi.json").json()


def test_an_unchanged_document_is_not_sent_again(haarlem_api: ApiClient) -> None:
    path = "/zaken/api/v1/schema/openapi.yaml"
    etag = haarlem_api.get(path)["ETag"]

    assert haarlem_api.get(path, If_None_Match=etag).status_code == 304


@pytest.mark.parametrize(
    "document",
    [
        {"leeg": {}, "niets": [], "nul": None, "waar": True, "getal": 1.5},
        {"tekst": "a: b # 'c' \"d\"\n\te\\ – é", "200": "- x", "ja": "yes"},
        {"lijst": ["1", {"a": [[1], {}]}, ""], "diep": {"a": {"b": ["c"]}}},
    ],
)
def test_yaml_reads_what_was_written(document: dict[str, Any]) -> None:
    assert yaml.safe_load(written(document)) == document


def test_what_open_zaak_has_is_marked_so() -> None:
    (found,) = [
        each
        for each in document("zaken")["paths"]["/zaken"]["get"]["parameters"]
        if each["name"] == "omschrijving"
    ]

    assert found["x-experimental"]
    assert "Open Zaak" in found["description"]
