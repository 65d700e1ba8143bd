"""A client id becomes a client with its rights, read anew for each request."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Model
from pytest_django import DjangoAssertNumQueries

from api.clients.client import HIGHEST, Client
from api.clients.lookup import find_client
from api.clients.models import Applicatie, Autorisatie, ClientId, Credential
from api.clients.scopes import Scope
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tests.api.client import right
from tests.factories.catalogi import (
    BesluittypeFactory,
    CatalogusFactory,
    InformatieobjecttypeFactory,
    ZaaktypeFactory,
)

pytestmark = pytest.mark.usefixtures("in_haarlem")

LEZEN = Scope("lezen")
INTERN = Vertrouwelijkheidaanduiding.INTERN
LATER = {"begin_geldigheid": date(2025, 1, 1), "versiedatum": date(2025, 1, 1)}


def given(*autorisaties: Autorisatie) -> Client:
    """The client as the next request finds it."""
    Credential.objects.create(client_id="zaaksysteem", secret="geheim")
    applicatie = Applicatie.objects.create(label="Zaaksysteem")
    ClientId.objects.create(client_id="zaaksysteem", applicatie=applicatie)
    for autorisatie in autorisaties:
        autorisatie.applicatie = applicatie
        autorisatie.save()
    return found()


def found() -> Client:
    known = find_client("zaaksysteem")
    assert known is not None
    return known.client


def types(client: Client, component: str = "zrc") -> set[object]:
    return {uuid for uuid, _ in client.types(component, LEZEN)}


def keys(*things: Model) -> set[object]:
    return {thing.pk for thing in things}


def test_a_client_nobody_knows() -> None:
    assert find_client("niemand") is None


def test_a_credential_alone_is_a_client_without_applicatie() -> None:
    Credential.objects.create(client_id="zaaksysteem", secret="geheim")
    assert found() == Client("zaaksysteem")


def test_the_secret_and_the_applicatie_come_along(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    given()
    Applicatie.objects.update(alleen_is_gereed_voor_publicatie=True)
    with django_assert_num_queries(1):
        known = find_client("zaaksysteem")
    assert known is not None
    assert (known.secret, known.client.label, known.client.has_applicatie) == ("geheim", "Zaaksysteem", True)
    assert known.client.alleen_is_gereed_voor_publicatie


def test_a_second_id_of_an_applicatie_has_the_same_rights() -> None:
    zaaktype = ZaaktypeFactory.create()
    given(right("zrc", [LEZEN], zaaktype, maximum=INTERN))
    Credential.objects.create(client_id="tweede", secret="geheim")
    ClientId.objects.create(client_id="tweede", applicatie=Applicatie.objects.get())
    second = find_client("tweede")
    assert second is not None
    assert second.client.rights == found().rights


def test_a_right_on_one_type_is_on_that_version_alone() -> None:
    zaaktype = ZaaktypeFactory.create()
    client = given(right("zrc", [LEZEN], zaaktype, maximum=INTERN))
    ZaaktypeFactory.create(catalogus=zaaktype.catalogus, identificatie=zaaktype.identificatie, **LATER)
    assert client.types("zrc", LEZEN) == [(zaaktype.pk, INTERN)]
    assert types(found()) == keys(zaaktype)


def test_a_right_on_an_identificatie_covers_its_later_versions_alone() -> None:
    first = ZaaktypeFactory.create()
    other = ZaaktypeFactory.create(catalogus=first.catalogus)
    elsewhere = ZaaktypeFactory.create(identificatie=first.identificatie)
    given(right("zrc", [LEZEN], first.catalogus, identificatie=first.identificatie, maximum=INTERN))
    later = ZaaktypeFactory.create(catalogus=first.catalogus, identificatie=first.identificatie, **LATER)
    assert types(found()) == keys(first, later)
    assert types(found()).isdisjoint(keys(other, elsewhere))


def test_a_right_on_a_catalogus_covers_what_comes_later() -> None:
    catalogus = CatalogusFactory.create()
    client = given(right("zrc", [LEZEN], catalogus, maximum=INTERN))
    assert types(client) == set()
    assert not client.holds("zrc", LEZEN)
    ZaaktypeFactory.create()
    later = ZaaktypeFactory.create(catalogus=catalogus)
    assert found().types("zrc", LEZEN) == [(later.pk, INTERN)]


def test_a_right_on_a_catalogus_is_on_the_types_of_its_component() -> None:
    catalogus = CatalogusFactory.create()
    ZaaktypeFactory.create(catalogus=catalogus)
    informatieobjecttype = InformatieobjecttypeFactory.create(catalogus=catalogus)
    besluittype = BesluittypeFactory.create(catalogus=catalogus)
    client = given(
        right("drc", [LEZEN], catalogus, maximum=INTERN),
        right("brc", [LEZEN], catalogus, identificatie=besluittype.omschrijving),
    )
    assert types(client, "zrc") == set()
    assert types(client, "drc") == keys(informatieobjecttype)
    assert client.types("brc", LEZEN) == [(besluittype.pk, HIGHEST)]


def test_a_type_of_another_house_gives_nothing() -> None:
    client = given(right("zrc", [LEZEN], "https://elders.example.nl/catalogi/api/v1/zaaktypen/1"))
    assert client.rights == ()
    assert not client.holds("zrc", LEZEN)


def test_a_right_without_a_type_covers_all() -> None:
    client = given(right("zrc", ["audittrails.lezen"]))
    assert client.may("zrc", Scope("audittrails.lezen"), ZaaktypeFactory.create().pk, HIGHEST)
