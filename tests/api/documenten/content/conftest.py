from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Where contents lie, one directory for each municipality."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path
