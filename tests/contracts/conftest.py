"""The people of both sides are those of `tests.tenants.accounts`."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tenants.registry.models import Municipality
from tests.contracts.agreed import Cast, cast_of
from tests.tenants.accounts.conftest import at_haarlem, at_utrecht, forgotten, vendor  # noqa: F401  # fixtures


@pytest.fixture
def cast(haarlem: Municipality, settings: Settings, tmp_path: Path) -> Cast:
    """With a storage of its own."""
    settings.MEDIA_ROOT = str(tmp_path)
    return cast_of(haarlem)
