"""ztc-007: the afleidingswijze decides whether registratie is required, must be empty, or is free."""

from __future__ import annotations

import pytest

from tests.api.catalogi.rules.brondatum import TABLE, holds_to_the_table
from tests.api.client import ApiClient


@pytest.mark.parametrize("afleidingswijze", TABLE)
def test_it_is_as_the_table_says(haarlem_api: ApiClient, afleidingswijze: str) -> None:
    holds_to_the_table(haarlem_api, afleidingswijze, "registratie")
