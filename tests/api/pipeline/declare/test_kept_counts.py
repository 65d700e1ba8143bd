"""How long a whole list is for a client is read from the counts that are kept, and never counted."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api.clients.client import Client, Right
from api.documenten.models import EnkelvoudigInformatieObject, Verzending
from api.documenten.scopes import DOCUMENTEN_LEZEN
from api.pipeline.declare.declaration import Declaration, bindings_of, declarations
from api.pipeline.declare.kept_counts import kept_count
from api.pipeline.words import registry
from api.zaken.models import Resultaat, Rol, Status, Zaak
from api.zaken.scopes import ZAKEN_LEZEN
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient, api_with_rights, right
from tests.api.records.conftest import filled
from tests.api.records.counted_rows import LEVELS, Cast, drawn
from tests.api.zaken.conftest import ROLLEN, ZAKEN, Catalogue
from tests.factories.zaken import RolFactory

__all__ = ("filled",)

MODELS = (Zaak, Rol, Status, Resultaat, EnkelvoudigInformatieObject, Verzending)
CLIENTS = range(12)


def client_of(cast: Cast, chance: Random) -> Client:
    """With some rights, and all of them now and then."""
    types = [("zrc", ZAKEN_LEZEN, each) for each in cast.zaaktypen] + [
        ("drc", DOCUMENTEN_LEZEN, each) for each in cast.informatieobjecttypen
    ]
    rights = [
        Right(component, frozenset(scope.labels()), each.pk, chance.choice(LEVELS))
        for component, scope, each in chance.sample(types, chance.randint(0, len(types)))
    ]
    return Client(
        "client",
        heeft_alle_autorisaties=chance.random() < 0.2,
        alleen_is_gereed_voor_publicatie=chance.random() < 0.5,
        rights=tuple(rights),
    )


@pytest.mark.parametrize("seed", CLIENTS)
@pytest.mark.parametrize("model", MODELS)
def test_as_many_are_kept_as_the_client_may_see(filled: Cast, model: Any, seed: int) -> None:
    client = client_of(filled, drawn(seed))
    resource: Any = registry.resource_for(model)
    scope = resource.operations["list"].scope

    kept = kept_count(resource, client, scope)

    seen = resource.rights.restrict(model.objects.all(), client, scope, resource.through_main()).count()
    assert (counted(kept, client) if kept else 0) == seen


def counted(kept: Any, client: Client) -> int:
    ((number,),) = kept.rows(bindings_of(client, timezone.localdate()))
    return int(number)


def test_what_is_counted_is_listed_in_pages() -> None:
    """A list that is shown whole tells no count."""
    assert {resource.model for resource in counted_resources()} == set(MODELS)
    assert all(resource.paged for resource in counted_resources())


def counted_resources() -> list[type[Declaration]]:
    return [resource for resource in declarations() if resource.counted]


@pytest.fixture
def reader(catalogue: Catalogue) -> ApiClient:
    """Of one zaaktype."""
    with in_municipality(catalogue.municipality):
        given = right("zrc", ["zaken.lezen"], catalogue.zaaktype, maximum=LEVELS[-1])
    return api_with_rights(catalogue.municipality, given)


def test_a_list_by_rights_alone_counts_no_rows(reader: ApiClient, catalogue: Catalogue) -> None:
    catalogue.new_zaak()
    catalogue.new_zaak(zaaktype=catalogue.other)

    with CaptureQueriesContext(connection) as queries:
        found = reader.get(ZAKEN).json()

    assert found["count"] == 1
    assert not any("count(*)" in query["sql"].lower() for query in queries)


def test_a_list_with_a_filter_counts_what_it_leaves(reader: ApiClient, catalogue: Catalogue) -> None:
    with in_municipality(catalogue.municipality):
        zaak = catalogue.new_zaak()
        RolFactory.create(zaak=zaak, roltype=catalogue.roltype)
        RolFactory.create(zaak=catalogue.new_zaak(), roltype=catalogue.roltype)

    assert reader.get(ROLLEN).json()["count"] == 2
    assert reader.get(f"{ROLLEN}?zaak={catalogue.url(zaak)}").json()["count"] == 1
