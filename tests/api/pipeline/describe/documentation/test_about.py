"""The served document is worth reading: what it says follows from the declarations, for every operation."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings

from api.clients.scopes import NO_SCOPE
from api.pipeline.declare.operations import Operation, Place
from api.pipeline.describe.documentation.about_operation import about_operation, rule_titles
from api.pipeline.describe.openapi import document
from api.pipeline.words.marks import registered
from api.pipeline.words.registry import resource_at
from tests.api.client import ApiClient

import_module(settings.ROOT_URLCONF)
ZAKEN: Any = resource_at("zaken", "zaken")  # Any: it is there


def operations(api: str) -> Iterator[dict[str, Any]]:
    for path in document(api)["paths"].values():
        yield from path.values()


@pytest.mark.parametrize("api", settings.APIS)
def test_every_operation_has_a_title_and_a_description(api: str) -> None:
    assert [each["operationId"] for each in operations(api) if not each["summary"]] == []
    assert [each["operationId"] for each in operations(api) if not each["description"]] == []


@pytest.mark.parametrize("api", settings.APIS)
def test_every_operation_stands_under_a_heading(api: str) -> None:
    headings = {tag["name"] for tag in document(api)["tags"]}

    assert {tag for each in operations(api) for tag in each["tags"]} == headings


@pytest.mark.parametrize("api", settings.APIS)
def test_what_is_experimental_says_so_to_a_reader(api: str) -> None:
    experimental = [each for each in operations(api) if each.get("x-experimental")]

    assert [each for each in experimental if not each["description"].startswith("**Experimenteel.**")] == []
    assert [each for each in experimental if each["x-badges"][0]["name"] != "Experimenteel"] == []


@pytest.mark.parametrize("api", settings.APIS)
def test_the_document_tells_how_to_get_in(api: str) -> None:
    assert "# Toegang" in document(api)["info"]["description"]


def test_every_numbered_rule_has_its_sentence() -> None:
    numbers = {each.number for each in registered()}
    assert numbers
    assert sorted(numbers - set(rule_titles())) == []


def test_an_operation_names_its_scope_and_its_rules() -> None:
    text = document("zaken")["paths"]["/statussen"]["post"]["description"]

    assert "**Scope:** `zaken.aanmaken` of `zaken.statussen.toevoegen` of `zaken.heropenen`" in text
    assert "**zrc-016** – Het statustype hoort bij het zaaktype van de zaak." in text


def test_an_operation_that_nobody_described_is_described() -> None:
    about = about_operation(ZAKEN, Operation(NO_SCOPE, at=Place("post", "fold")).named("fold_up"))

    assert about["summary"] == "Zaak: fold up"
    assert "er is geen scope nodig" in about["description"]


def test_an_operation_may_speak_for_itself() -> None:
    declared = Operation(NO_SCOPE, summary="{one} opvouwen", explanation="Vouwt de zaak op.")

    about = about_operation(ZAKEN, declared.named("fold_up"))

    assert about["summary"] == "Zaak opvouwen"
    assert about["description"].startswith("Vouwt de zaak op.")


def test_a_parameter_says_what_it_compares() -> None:
    parameters = document("zaken")["paths"]["/zaken"]["get"]["parameters"]
    texts = {each["name"]: each.get("description") for each in parameters if each["in"] == "query"}

    assert [name for name, text in texts.items() if not text] == []
    assert texts["startdatum__gte"] == "Op of na deze datum."


def test_a_link_says_where_it_leads() -> None:
    zaaktype = document("zaken")["components"]["schemas"]["Zaak"]["properties"]["zaaktype"]

    assert zaaktype["description"].startswith("Verwijst naar `/catalogi/api/v1/zaaktypen`.")


def test_the_document_is_sent_once_and_compressed(haarlem_api: ApiClient) -> None:
    url = "/zaken/api/v1/openapi.json"
    answer = haarlem_api.get(url, Accept_Encoding="gzip")

    assert json.loads(gzip.decompress(answer.content)) == haarlem_api.get(url).json()
    assert haarlem_api.get(url, If_None_Match=answer["ETag"]).status_code == 304
