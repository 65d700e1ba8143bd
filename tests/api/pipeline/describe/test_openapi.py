"""The document that is served, where it can be written in more than one way."""

from __future__ import annotations

from api.pipeline.describe.openapi import document
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


def test_everybody_may_read_it(haarlem_api: ApiClient) -> None:
    answer = haarlem_api.get("/catalogi/api/v1/openapi.json", Authorization="")

    assert answer.json()["servers"] == [{"url": "http://haarlem.localhost/catalogi/api/v1"}]
