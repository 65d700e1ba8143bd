"""Haarlem's catalogue as clients see it: a catalogus and a concept of a zaaktype, by URL."""

from __future__ import annotations

import pytest

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import make, path_of
from tests.api.client import ApiClient
from tests.factories.catalogi import CatalogusFactory, ZaaktypeFactory


@pytest.fixture
def catalogus_url(haarlem: Municipality, haarlem_api: ApiClient) -> str:
    return haarlem_api.url(path_of(make(haarlem, CatalogusFactory)))


@pytest.fixture
def zaaktype_url(haarlem: Municipality, haarlem_api: ApiClient) -> str:
    return haarlem_api.url(path_of(make(haarlem, ZaaktypeFactory)))
