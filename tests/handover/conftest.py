from __future__ import annotations

from typing import Any

import pytest

from handover.tasks import tell_answer_is_asked
from tenants.registry.models import Municipality
from tests.handover.moves import Cast, cast_of


@pytest.fixture
def cast(haarlem: Municipality) -> Cast:
    return cast_of(haarlem)


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the job that mails was told: no worker of the deployment is to hear of what tests do."""
    given: list[dict[str, Any]] = []
    monkeypatch.setattr(tell_answer_is_asked, "apply_async", lambda kwargs, **_: given.append(kwargs))
    return given
