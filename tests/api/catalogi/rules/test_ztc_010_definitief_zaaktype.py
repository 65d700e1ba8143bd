"""ztc-010: what belongs to a published zaaktype is as fixed as the zaaktype."""

from __future__ import annotations

from typing import Any

import pytest
from factory.django import DjangoModelFactory

from api.catalogi.models import Zaaktype
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, statustype_body, ziot_body
from tests.api.catalogi.rules.conftest import url
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import (
    EigenschapFactory,
    InformatieobjecttypeFactory,
    ResultaattypeFactory,
    RoltypeFactory,
    StatustypeFactory,
    ZaakobjecttypeFactory,
    ZaaktypeInformatieobjecttypeFactory,
)

STATUSTYPEN = f"{ROOT}/statustypen"
RELATIONS = f"{ROOT}/zaaktype-informatieobjecttypen"
REFUSED = [("nonFieldErrors", "non-concept-zaaktype")]
PARTS = [
    (StatustypeFactory, "non-concept-zaaktype"),
    (ResultaattypeFactory, "non-concept-zaaktype"),
    (RoltypeFactory, "non-concept-zaaktype"),
    (EigenschapFactory, "non-concept-zaaktype"),
    (ZaakobjecttypeFactory, "non-concept-zaaktype"),
    (ZaaktypeInformatieobjecttypeFactory, "non-concept-relation"),
]

Factory = type[DjangoModelFactory[Any]]


def test_a_concept_is_extended(writer: ApiClient, concept: Zaaktype) -> None:
    assert writer.post(STATUSTYPEN, statustype_body(url(concept))).status_code == 201


def test_a_published_zaaktype_is_not(haarlem: Municipality, writer: ApiClient, published: Zaaktype) -> None:
    with nothing_written(haarlem):
        assert violations(writer.post(STATUSTYPEN, statustype_body(url(published)))) == REFUSED


def test_nor_with_a_document(haarlem: Municipality, writer: ApiClient, published: Zaaktype) -> None:
    make(haarlem, InformatieobjecttypeFactory, catalogus=published.catalogus, omschrijving="Foto")

    with nothing_written(haarlem):
        refused = writer.post(RELATIONS, ziot_body(url(published), "Foto"))
    assert violations(refused) == [("nonFieldErrors", "non-concept-relation")]


@pytest.mark.parametrize(("factory", "code"), PARTS)
def test_nor_does_a_part_of_it_change(
    haarlem: Municipality, writer: ApiClient, published: Zaaktype, factory: Factory, code: str
) -> None:
    path = path_of(make(haarlem, factory, zaaktype=published))

    with nothing_written(haarlem):
        assert violations(writer.patch(path, {})) == [("nonFieldErrors", code)]
        assert violations(writer.delete(path)) == [("nonFieldErrors", code)]


def test_a_part_does_not_move_to_a_published_zaaktype(
    haarlem: Municipality, writer: ApiClient, concept: Zaaktype, published: Zaaktype
) -> None:
    part = make(haarlem, StatustypeFactory, zaaktype=concept)

    with nothing_written(haarlem):
        assert violations(writer.patch(path_of(part), {"zaaktype": url(published)})) == REFUSED


@pytest.mark.parametrize(("factory", "code"), PARTS)
def test_force_deletes_a_part(
    haarlem: Municipality, haarlem_api: ApiClient, published: Zaaktype, factory: Factory, code: str
) -> None:
    assert haarlem_api.delete(path_of(make(haarlem, factory, zaaktype=published))).status_code == 204


def test_force_extends_it(haarlem_api: ApiClient, published: Zaaktype) -> None:
    assert haarlem_api.post(STATUSTYPEN, statustype_body(url(published))).status_code == 201
