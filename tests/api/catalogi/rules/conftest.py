"""A concept and a published zaaktype of Haarlem, and who may only write catalogi."""

from __future__ import annotations

import pytest

from api.catalogi.models import Zaaktype
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, api_with_rights, right
from tests.factories.catalogi import ZaaktypeFactory

ZAAKTYPEN = "/catalogi/api/v1/zaaktypen"


def url(zaaktype: Zaaktype) -> str:
    return f"http://haarlem.localhost{ZAAKTYPEN}/{zaaktype.pk}"


@pytest.fixture
def concept(haarlem: Municipality) -> Zaaktype:
    with in_municipality(haarlem):
        return ZaaktypeFactory.create()


@pytest.fixture
def published(haarlem: Municipality) -> Zaaktype:
    with in_municipality(haarlem):
        return ZaaktypeFactory.create(published=True)


@pytest.fixture
def writer(haarlem: Municipality) -> ApiClient:
    with in_municipality(haarlem):
        given = right("ztc", ["catalogi.lezen", "catalogi.schrijven"])
    return api_with_rights(haarlem, given)
