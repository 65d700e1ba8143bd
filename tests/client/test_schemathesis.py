"""What the served documents promise, tried with made-up requests: nothing gives a 500."""

from __future__ import annotations

import time
from typing import Any

import jwt
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

EXAMPLES = 6
APIS = ("autorisaties", "catalogi", "documenten", "selectielijst", "zaken")
bounded = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@schemathesis.serializer("application/zip")
def as_it_is(_: Any, value: Any) -> Any:
    """Made-up bytes, which are no zip."""
    return value


@pytest.fixture(scope="module", params=APIS)
def document(request: pytest.FixtureRequest, deployment: list[dict[str, str]]) -> Any:
    return schemathesis.openapi.from_url(f"{deployment[0]['base_url']}/{request.param}/api/v1/openapi.json")


def headers(client: dict[str, str]) -> dict[str, str]:
    claims = {"client_id": client["client_id"], "iat": int(time.time())}
    token = jwt.encode(claims, client["secret"], algorithm="HS256")
    return {"Authorization": f"Bearer {token}", "Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}


def test_nothing_gives_a_500(document: Any, deployment: list[dict[str, str]]) -> None:
    tried = 0
    for found in document.get_all_operations():
        operation = found.ok()

        @bounded
        @given(case=operation.as_strategy())
        def attempt(case: Any) -> None:
            case.call_and_validate(headers=headers(deployment[0]), checks=[not_a_server_error])

        attempt()
        tried += 1
    assert tried
