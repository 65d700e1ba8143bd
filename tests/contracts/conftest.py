"""The people of both sides are those of `tests.tenants.accounts`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from contracts.tasks import tell_other_side
from tenants.registry.models import Municipality
from tests.contracts.agreed import Cast, cast_of
from tests.tenants.accounts.conftest import at_haarlem, at_utrecht, forgotten, vendor  # noqa: F401  # fixtures


@pytest.fixture
def cast(haarlem: Municipality, settings: Settings, tmp_path: Path) -> Cast:
    """With a storage of its own."""
    settings.MEDIA_ROOT = str(tmp_path)
    return cast_of(haarlem)


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the job that mails was told: no worker of the deployment is to hear of what tests do."""
    given: list[dict[str, Any]] = []
    monkeypatch.setattr(tell_other_side, "apply_async", lambda kwargs, **_: given.append(kwargs))
    return given
