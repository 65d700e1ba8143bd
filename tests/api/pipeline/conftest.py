"""The cast of the zaken, for what the pipeline does with requests about them, and one of everything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.api.zaken.conftest import catalogue, zaak
from tests.conftest import municipality
from tests.isolation.square import House, undone

__all__ = ("catalogue", "zaak")


@pytest.fixture(scope="module")
def haarlem_house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Haarlem with one object of every kind, built once for a module: undo what you change."""
    with django_db_blocker.unblock(), undone():
        yield House.of(municipality("haarlem"))
