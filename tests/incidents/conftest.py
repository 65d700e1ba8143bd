"""The people of both sides are those of `tests.tenants.accounts`."""

from __future__ import annotations

from typing import Any

import pytest

from incidents.tasks import tell_the_concerned
from tests.tenants.accounts.conftest import at_haarlem, at_utrecht, forgotten, vendor  # noqa: F401  # fixtures


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """How often the job that mails was asked: no worker of the deployment is to hear of what tests do."""
    given: list[dict[str, Any]] = []
    monkeypatch.setattr(tell_the_concerned, "apply_async", lambda **how: given.append(how))
    return given
