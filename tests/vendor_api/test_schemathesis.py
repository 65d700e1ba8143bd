"""What the document promises, tried with made-up requests: nothing gives a 500."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

from tests.conftest import Connected
from tests.live import Live
from tests.vendor_api.conftest import ROOT, empty_what_programs_left, key_of
from vendor_api.scopes import SCOPES

EXAMPLES = 25
bounded = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """No test transaction here: another process answers."""


@pytest.fixture
def headers(live: Live, app_connection: Connected, owner_connection: Connected) -> Iterator[dict[str, str]]:
    with app_connection():
        program = key_of(*SCOPES)
    yield {"Authorization": f"Bearer {program.text}"}
    with owner_connection():
        empty_what_programs_left()


def test_nothing_gives_a_500(live: Live, headers: dict[str, str]) -> None:
    document: Any = schemathesis.openapi.from_url(f"http://127.0.0.1:{live.port}{ROOT}/openapi.json")
    tried = 0
    for found in document.get_all_operations():
        operation = found.ok()

        @bounded
        @given(case=operation.as_strategy())
        def attempt(case: Any) -> None:
            case.call_and_validate(headers=headers, checks=[not_a_server_error])

        attempt()
        tried += 1
    assert tried >= 16
