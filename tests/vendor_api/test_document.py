"""The OpenAPI document by the API Design Rules of the Dutch government, one by one; and its page.

Each test of a rule begins with the name that the rule has in their own linter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.vendor_api.conftest import Program
from vendor_api.scopes import SCOPES
from vendor_api.urls import OPERATIONS

METHODS = {"get", "post", "put", "patch", "delete"}
CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")
KEBAB = re.compile(r"(/([a-z0-9-]+|\{[a-zA-Z]+\}))+")
OF_RFC_9457 = {"type", "title", "status", "detail", "instance"}


@pytest.fixture
def document(stranger: Program) -> dict[str, Any]:
    found: dict[str, Any] = stranger.get("/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def answers(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (name, status, answer)
        for name, operation in operations(document)
        for status, answer in operation["responses"].items()
    ]


def schemas(value: Any) -> Iterator[dict[str, Any]]:
    """Every schema that has properties, however deep it lies."""
    if isinstance(value, dict):
        if isinstance(value.get("properties"), dict):
            yield value
        for below in value.values():
            yield from schemas(below)
    elif isinstance(value, list):
        for below in value:
            yield from schemas(below)


def parametered(route: str) -> str:
    return re.sub(r"<\w+:(\w+)>", r"{\1}", route).replace("{pk}", "{id}")


def test_everything_that_is_served_is_described(document: dict[str, Any]) -> None:
    served = {
        f"{method} /{parametered(route)}"
        for route, _, actions, _ in OPERATIONS
        for method in actions
        if method in METHODS
    }
    assert {name for name, _ in operations(document)} == served


def test_openapi3(document: dict[str, Any]) -> None:
    assert re.fullmatch(r"3\.\d+\.\d+", document["openapi"])


def test_publish_openapi_for_everybody_and_for_pages_of_others(stranger: Program) -> None:
    answer = stranger.get("/openapi.json")

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_info_contact_fields_exist(document: dict[str, Any]) -> None:
    assert document["info"]["contact"].keys() >= {"name", "email", "url"}


def test_its_first_request_is_one_for_this_host(stranger: Program) -> None:
    introduction = stranger.get("/platform/api/v1/openapi.json").json()["info"]["description"]

    assert "http://localhost/platform/api/v1/municipalities" in introduction
    assert "ADRES" not in introduction


def test_semver(document: dict[str, Any]) -> None:
    assert re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", document["info"]["version"])


def test_include_major_version_in_uri(document: dict[str, Any]) -> None:
    major = document["info"]["version"].partition(".")[0]

    assert [server["url"] for server in document["servers"]] == [f"http://localhost/platform/api/v{major}"]


def test_missing_version_header(document: dict[str, Any]) -> None:
    found = answers(document)
    assert found
    assert [each[:2] for each in found if "API-Version" not in each[2]["headers"]] == []


def test_paths_no_trailing_slash_and_kebab_case(document: dict[str, Any]) -> None:
    assert [path for path in document["paths"] if not KEBAB.fullmatch(path)] == []


def test_collections_are_plural(document: dict[str, Any]) -> None:
    nouns = {part for path in document["paths"] for part in path.split("/") if part and "{" not in part}

    assert nouns == {
        "access-grants",
        "annex-removals",
        "annexes",
        "answers",
        "attachments",
        "attempts",
        "calendars",
        "clocks",
        "closings",
        "contracts",
        "coverages",
        "details",
        "discards",
        "domains",
        "endings",
        "environments",
        "events",
        "files",
        "hand-overs",
        "hotfixes",
        "hour-corrections",
        "hour-purchases",
        "hours",
        "incidents",
        "indexations",
        "jobs",
        "lines",
        "links",
        "log-lines",
        "memberships",
        "merges",
        "municipalities",
        "notes",
        "notices",
        "offers",
        "people",
        "plans",
        "price-list-lines",
        "price-lists",
        "priorities",
        "questions",
        "releases",
        "replies",
        "resumptions",
        "service-levels",
        "service-reports",
        "solutions",
        "terms",
        "tests",
        "tickets",
        "updates",
        "versions",
        "waits",
        "webhooks",
        "withdrawals",
        "work-arounds",
    }


def test_http_methods(document: dict[str, Any]) -> None:
    assert {method for methods in document["paths"].values() for method in methods} <= METHODS


def test_query_keys_camel_case(document: dict[str, Any]) -> None:
    names = [
        parameter["name"]
        for _, operation in operations(document)
        for parameter in operation["parameters"]
        if parameter["in"] == "query"
    ]
    assert names
    assert [name for name in names if not CAMEL.fullmatch(name)] == []


def test_property_casing(document: dict[str, Any]) -> None:
    names = {name for schema in schemas(document) for name in schema["properties"]}
    assert names
    assert {name for name in names if not CAMEL.fullmatch(name)} == set()


def test_schema_camel_case(document: dict[str, Any]) -> None:
    assert [name for name in document["components"]["schemas"] if not re.fullmatch(r"[A-Z]\w*", name)] == []


def test_use_problem_schema(document: dict[str, Any]) -> None:
    refused = [each for each in answers(document) if each[1][0] in "45"]
    assert refused
    assert [each[:2] for each in refused if list(each[2]["content"]) != ["application/problem+json"]] == []


def test_problem_schema_members(document: dict[str, Any]) -> None:
    details = document["components"]["schemas"]["ProblemDetails"]

    assert details["properties"].keys() == OF_RFC_9457


def test_a_problem_is_as_it_is_described(document: dict[str, Any], program: Program) -> None:
    problem = program.get("/jobs?page=0").json()
    known = document["components"]["schemas"]

    assert problem.keys() == (
        known["ProblemDetails"]["properties"].keys() | known["ProblemExtension"]["properties"].keys()
    )


def test_every_operation_is_named_once_and_asks_for_a_key(document: dict[str, Any]) -> None:
    found = operations(document)
    names = [operation["operationId"] for _, operation in found]

    assert len(set(names)) == len(names)
    assert [name for name, each in found if each["security"] != [{"sleutel": []}]] == []


def test_every_operation_says_what_it_does_and_by_which_scope(document: dict[str, Any]) -> None:
    found = operations(document)

    assert [
        name for name, each in found if not each["summary"] or "**Scope:**" not in each["description"]
    ] == []
    assert all(scope in json.dumps(document) for scope in SCOPES)


def test_every_post_is_done_once_and_every_change_of_a_thing_says_what_was_seen(
    document: dict[str, Any],
) -> None:
    asked = {
        name: {
            each["name"] for each in operation["parameters"] if each["in"] == "header" and each["required"]
        }
        for name, operation in operations(document)
    }
    assert {name: headers for name, headers in asked.items() if headers} == {
        "post /municipalities": {"Idempotency-Key"},
        "post /jobs/{id}/attempts": {"Idempotency-Key", "If-Match"},
        "post /access-grants": {"Idempotency-Key"},
        "post /access-grants/{id}/endings": {"Idempotency-Key", "If-Match"},
        "post /calendars": {"Idempotency-Key"},
        "post /calendars/{id}/versions": {"Idempotency-Key", "If-Match"},
        "post /service-levels": {"Idempotency-Key"},
        "post /service-levels/{id}/versions": {"Idempotency-Key", "If-Match"},
        "post /price-lists": {"Idempotency-Key"},
        "post /price-lists/{id}/versions": {"Idempotency-Key", "If-Match"},
        "post /price-lists/{id}/offers": {"Idempotency-Key"},
        "post /webhooks/{id}/tests": {"Idempotency-Key", "If-Match"},
        "post /contracts": {"Idempotency-Key"},
        "post /contracts/{id}/versions": {"Idempotency-Key", "If-Match"},
        "post /contracts/{id}/offers": {"Idempotency-Key", "If-Match"},
        "post /contracts/{id}/withdrawals": {"Idempotency-Key", "If-Match"},
        "post /contracts/{id}/notices": {"Idempotency-Key", "If-Match"},
        "post /contracts/{id}/terms": {"Idempotency-Key", "If-Match"},
        "post /contracts/{id}/coverages": {"Idempotency-Key", "If-Match"},
        "post /contracts/{id}/lines": {"Idempotency-Key", "If-Match"},
        "post /contracts/{id}/price-list-lines": {"Idempotency-Key", "If-Match"},
        "post /contracts/{id}/annexes": {"Idempotency-Key", "If-Match"},
        "post /contracts/{id}/annex-removals": {"Idempotency-Key", "If-Match"},
        "post /contracts/{id}/discards": {"Idempotency-Key", "If-Match"},
        "post /contracts/{id}/indexations": {"Idempotency-Key", "If-Match"},
        "post /contracts/{id}/hours": {"Idempotency-Key", "If-Match"},
        "post /contracts/{id}/hour-purchases": {"Idempotency-Key", "If-Match"},
        "post /contracts/{id}/hour-corrections": {"Idempotency-Key", "If-Match"},
        "post /tickets": {"Idempotency-Key"},
        "post /tickets/{id}/answers": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/questions": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/notes": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/work-arounds": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/hand-overs": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/priorities": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/waits": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/plans": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/resumptions": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/solutions": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/merges": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/replies": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/details": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/links": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/hotfixes": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/closings": {"Idempotency-Key", "If-Match"},
        "post /tickets/{id}/hours": {"Idempotency-Key", "If-Match"},
        "post /incidents": {"Idempotency-Key"},
        "post /incidents/{id}/updates": {"Idempotency-Key", "If-Match"},
        "post /incidents/{id}/municipalities": {"Idempotency-Key", "If-Match"},
        "post /incidents/{id}/releases": {"Idempotency-Key", "If-Match"},
    }


def test_every_list_is_paged(document: dict[str, Any]) -> None:
    lists = [
        operation["responses"]["200"]["content"]["application/json"]["schema"]
        for name, operation in operations(document)
        if name.startswith("get") and not name.endswith("}")
    ]
    assert lists
    assert [each for each in lists if each["required"] != ["count", "next", "previous", "results"]] == []


def test_no_name_is_a_digest(document: dict[str, Any]) -> None:
    """Which changes with what stands beside it; settings.SPECTACULAR_SETTINGS names those of a same field."""
    enums = [name for name in document["components"]["schemas"] if name.endswith("Enum")]

    assert enums
    assert [name for name in enums if re.search(r"[0-9a-f]{3}Enum$", name)] == []


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))

    assert named <= document["components"]["schemas"].keys()


# The page ----------------------------------------------------------------------------------------


def test_the_page_shows_the_document(stranger: Program) -> None:
    answer = stranger.get("/platform/api/")

    assert answer.status_code == 200
    assert 'data-document="/platform/api/v1/openapi.json"' in answer.content.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_its_files_are_there(stranger: Program) -> None:
    page = stranger.get("/platform/api/").content.decode()
    files = re.findall(r'(?:src|href)="(/documentatie/[^"]+)"', page)

    assert len(files) == 4
    assert {stranger.client.get(each, headers={"host": "localhost"}).status_code for each in files} == {200}


def test_without_a_slash_one_is_led_to_it(stranger: Program) -> None:
    answer = stranger.get("/platform/api")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/platform/api/")


@pytest.mark.parametrize("path", ["/platform/api/", "/openapi.json"])
def test_it_is_only_read(stranger: Program, path: str) -> None:
    assert stranger.send("POST", path).status_code == 405
