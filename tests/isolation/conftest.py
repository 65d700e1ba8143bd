"""One object of every kind at Utrecht, and one at Haarlem."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.db.models import Model

from api.clients.models import Applicatie
from api.pipeline import registry
from api.zaken.models import Resultaat, Rol, Status, Zaak
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, api_with_all_rights
from tests.factories import catalogi as catalogi_factories
from tests.factories import zaken as zaken_factories

Objects = Mapping[type[Model], Any]


def everything(municipality: Municipality) -> Objects:
    """The smallest valid object of each model that a resource represents."""
    with in_municipality(municipality):
        status = zaken_factories.StatusFactory.create()
        objects: dict[type[Model], Any] = {
            Status: status,
            Zaak: status.zaak,
            Rol: zaken_factories.RolFactory.create(zaak=status.zaak),
            Resultaat: zaken_factories.ResultaatFactory.create(zaak=status.zaak),
            Applicatie: Applicatie.objects.create(label="doelwit", heeft_alle_autorisaties=True),
        }
        for resource in registry.resources():
            if resource.represents_model and not resource.is_open() and resource.model not in objects:
                factory = getattr(catalogi_factories, f"{resource.model.__name__}Factory")
                objects[resource.model] = factory.create()
    return objects


@pytest.fixture
def utrecht_api(utrecht: Municipality) -> ApiClient:
    return api_with_all_rights(utrecht)


@pytest.fixture
def haarlem_api(haarlem: Municipality) -> ApiClient:
    return api_with_all_rights(haarlem)


@pytest.fixture
def theirs(utrecht_api: ApiClient) -> Objects:
    """Utrecht's objects, with a trail."""
    objects = everything(utrecht_api.municipality)
    zaak = registry.resource_for(Zaak).url_of(objects[Zaak]).removeprefix("zaakplein:")
    assert utrecht_api.patch(zaak, {"omschrijving": "van Utrecht"}).status_code == 200
    return objects


@pytest.fixture
def ours(haarlem_api: ApiClient) -> Objects:
    """Haarlem's objects."""
    return everything(haarlem_api.municipality)
