from __future__ import annotations

from collections.abc import Iterator

import pytest

from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality


@pytest.fixture
def in_haarlem(haarlem: Municipality) -> Iterator[Municipality]:
    """For tests of models and rules, which speak no HTTP."""
    with in_municipality(haarlem):
        yield haarlem
