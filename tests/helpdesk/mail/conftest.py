"""The addresses of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.helpdesk.mail.letters import use_addresses


@pytest.fixture(autouse=True)
def addressed(settings: Settings, files_apart: Path) -> None:
    use_addresses(settings, files_apart)
