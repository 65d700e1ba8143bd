from __future__ import annotations

import pytest

from tenants.registry.models import Municipality
from tests.handover.moves import Cast, cast_of


@pytest.fixture
def cast(haarlem: Municipality) -> Cast:
    return cast_of(haarlem)
