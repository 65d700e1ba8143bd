"""The people of both sides are those of `tests.tenants.accounts`; files go where nobody else's are."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.tenants.accounts.conftest import at_haarlem, at_utrecht, forgotten, vendor  # noqa: F401  # fixtures


@pytest.fixture(autouse=True)
def files_apart(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path
