"""ztc-011, ztc-012 and ztc-013 were taken back: what they forbade is allowed."""

from __future__ import annotations

import pytest

from api.catalogi.models import Zaaktype
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, besluittype_body, make, path_of, zaaktype_body, ziot_body
from tests.api.catalogi.rules.conftest import url
from tests.api.client import ApiClient
from tests.factories.catalogi import BesluittypeFactory, InformatieobjecttypeFactory


@pytest.mark.parametrize("published", [True, False])
def test_ztc_011_a_concept_names_a_besluittype_whether_published_or_not(
    haarlem: Municipality, writer: ApiClient, concept: Zaaktype, *, published: bool
) -> None:
    besluittype = make(haarlem, BesluittypeFactory, catalogus=concept.catalogus, published=published)

    answer = writer.patch(url(concept), {"besluittypen": [writer.url(path_of(besluittype))]})

    assert answer.json()["besluittypeOmschrijving"] == [besluittype.omschrijving]


def test_ztc_011_a_concept_takes_published_documents(
    haarlem: Municipality, writer: ApiClient, concept: Zaaktype
) -> None:
    foto = make(haarlem, InformatieobjecttypeFactory, catalogus=concept.catalogus, published=True)

    body = ziot_body(url(concept), writer.url(path_of(foto)))
    assert writer.post(f"{ROOT}/zaaktype-informatieobjecttypen", body).status_code == 201


def test_ztc_012_a_zaaktype_is_published_beside_concepts(
    haarlem: Municipality, writer: ApiClient, concept: Zaaktype
) -> None:
    besluittype = make(haarlem, BesluittypeFactory, catalogus=concept.catalogus)
    foto = make(haarlem, InformatieobjecttypeFactory, catalogus=concept.catalogus)
    writer.patch(url(concept), {"besluittypen": [besluittype.omschrijving]})
    body = ziot_body(url(concept), writer.url(path_of(foto)))
    writer.post(f"{ROOT}/zaaktype-informatieobjecttypen", body)

    assert writer.post(f"{url(concept)}/publish").json()["concept"] is False


def test_ztc_013_besluittypen_may_stand_in_another_catalogus(
    haarlem: Municipality, writer: ApiClient, catalogus_url: str
) -> None:
    elsewhere = writer.url(path_of(make(haarlem, BesluittypeFactory)))

    made = writer.post(f"{ROOT}/zaaktypen", zaaktype_body(catalogus_url, besluittypen=[elsewhere]))
    assert made.status_code == 201


def test_ztc_013_so_may_informatieobjecttypen_of_a_besluittype(
    haarlem: Municipality, writer: ApiClient, catalogus_url: str
) -> None:
    elsewhere = writer.url(path_of(make(haarlem, InformatieobjecttypeFactory)))

    body = besluittype_body(catalogus_url, informatieobjecttypen=[elsewhere])
    assert writer.post(f"{ROOT}/besluittypen", body).status_code == 201
