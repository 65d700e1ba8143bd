from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, api_with_all_rights
from tests.api.documenten.sources import all_related
from tests.api.modes import answering
from tests.conftest import municipality
from tests.isolation.square import House, undone

# The urls register the resources, whose paths are asked for before the first request.
import_module(settings.ROOT_URLCONF)


@pytest.fixture
def in_haarlem(haarlem: Municipality) -> Iterator[Municipality]:
    """For tests of models and rules, which speak no HTTP."""
    with in_municipality(haarlem):
        yield haarlem


@pytest.fixture
def haarlem_api(haarlem: Municipality) -> ApiClient:
    """An application of Haarlem with all rights."""
    return api_with_all_rights(haarlem)


@pytest.fixture
def utrecht_api(utrecht: Municipality) -> ApiClient:
    """An application of Utrecht with all rights."""
    return api_with_all_rights(utrecht)


@pytest.fixture(params=[True, False], ids=["compatible", "by-the-letter"])
def either_mode(request: pytest.FixtureRequest, haarlem_api: ApiClient) -> Iterator[bool]:
    """Haarlem as clients of Open Zaak know it, which is true, and by the letter of the standard."""
    with answering(haarlem_api, compatible=request.param):
        yield request.param


@pytest.fixture
def by_the_letter(haarlem_api: ApiClient) -> Iterator[None]:
    """Haarlem answers as the schema of the standard has it, not as Open Zaak."""
    with answering(haarlem_api, compatible=False):
        yield


@pytest.fixture(autouse=True)
def related(request: pytest.FixtureRequest) -> Iterator[None]:
    """What the house mirrors exists at its source."""
    if "haarlem_house" not in request.fixturenames:
        yield
        return
    with all_related():
        yield


@pytest.fixture(scope="module")
def haarlem_house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Haarlem with one object of every kind, built once for a module: undo what you change."""
    with django_db_blocker.unblock(), undone():
        yield House.of(municipality("haarlem"))
