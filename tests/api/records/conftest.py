"""The cast of what is counted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.records.counted_rows import STEPS, Cast, cast_of_haarlem, drawn

FIRST = (
    "add_zaken",
    "add_rollen",
    "add_statussen",
    "add_resultaten",
    "add_documenten",
    "publish",
    "add_verzendingen",
)


@pytest.fixture
def filled(haarlem: Municipality) -> Iterator[Cast]:
    """Inside Haarlem, with some of everything."""
    with in_municipality(haarlem):
        cast = cast_of_haarlem()
        for number, name in enumerate(FIRST):
            STEPS[name](cast, drawn(number), 10)
        yield cast
