"""A catalogue of Haarlem with one of everything, by the names that the recorded bodies use."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Model

from api.catalogi.models import TypeRelatie
from api.clients.models import Applicatie, ClientId
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import path_of
from tests.api.client import ApiClient, right
from tests.factories import catalogi as factories

SELECTIELIJST = "https://selectielijst.openzaak.nl/api/v1"

Places = dict[str, str]
"""Where each object of the catalogue is, by what the bodies call it."""


@pytest.fixture
def places(haarlem: Municipality, haarlem_api: ApiClient) -> Places:
    with in_municipality(haarlem):
        objects = _catalogue() | {"applicatie": _applicatie()}
    return {name: haarlem_api.url(path_of(each)) for name, each in objects.items()}


def _catalogue() -> dict[str, Model]:
    catalogus = factories.CatalogusFactory.create()
    zaaktype = factories.ZaaktypeFactory.create(
        catalogus=catalogus,
        identificatie="EVENEMENT",
        selectielijst_procestype=f"{SELECTIELIJST}/procestypen/e1b73b12-b2f6-4c4e-8929-94f84dd2a57d",
    )
    return {
        "catalogus": catalogus,
        "zaaktype": zaaktype,
        **_main_types(catalogus),
        **_sub_types(zaaktype),
    }


def _main_types(catalogus: Any) -> dict[str, Model]:
    """What the zaaktype relates to: published, as Open Zaak demands."""
    published = {"catalogus": catalogus, "published": True}
    return {
        "deelzaaktype": factories.ZaaktypeFactory.create(identificatie="ADVIES", **published),
        "gerelateerd": factories.ZaaktypeFactory.create(identificatie="TOEZICHT", **published),
        "besluittype": factories.BesluittypeFactory.create(omschrijving="Vergunning", **published),
        "informatieobjecttype": factories.InformatieobjecttypeFactory.create(
            omschrijving="Vergunning", **published
        ),
        "conceptbesluittype": factories.BesluittypeFactory.create(catalogus=catalogus),
        "conceptinformatieobjecttype": factories.InformatieobjecttypeFactory.create(catalogus=catalogus),
    }


def _sub_types(zaaktype: Any) -> dict[str, Model]:
    resultaattype = factories.ResultaattypeFactory.create(
        zaaktype=zaaktype,
        resultaattypeomschrijving=(
            f"{SELECTIELIJST}/resultaattypeomschrijvingen/7cb315fb-4f7b-4a43-aca1-e4522e4c73b3"
        ),
        selectielijstklasse=f"{SELECTIELIJST}/resultaten/cc5ae4e3-a9e6-4386-bcee-46be4986a829",
    )
    factories.TypeRelatieFactory.create(
        kind=TypeRelatie.Kind.RESULTAATTYPE_BESLUITTYPE,
        zaaktype=None,
        resultaattype=resultaattype,
        catalogus=zaaktype.catalogus,
        naam="Vergunning",
    )
    statustype = factories.StatustypeFactory.create(zaaktype=zaaktype)
    return {
        "resultaattype": resultaattype,
        "statustype": statustype,
        "eindstatustype": factories.StatustypeFactory.create(
            zaaktype=zaaktype, volgnummer=9, omschrijving="Afgehandeld"
        ),
        "roltype": factories.RoltypeFactory.create(zaaktype=zaaktype),
        "eigenschap": factories.EigenschapFactory.create(zaaktype=zaaktype, statustype=statustype),
        "zaakobjecttype": factories.ZaakobjecttypeFactory.create(zaaktype=zaaktype),
        "ziot": factories.ZaaktypeInformatieobjecttypeFactory.create(
            zaaktype=zaaktype, informatieobjecttype_omschrijving="Vergunning"
        ),
    }


def _applicatie() -> Applicatie:
    applicatie = Applicatie.objects.create(label="Balie")
    ClientId.objects.create(client_id="balie", applicatie=applicatie)
    for volgorde, autorisatie in enumerate(
        [
            right(
                "zrc",
                ["zaken.lezen"],
                f"{SELECTIELIJST}/elders",
                maximum=Vertrouwelijkheidaanduiding.OPENBAAR,
            ),
            right("ztc", ["catalogi.lezen"]),
        ]
    ):
        autorisatie.applicatie, autorisatie.volgorde = applicatie, volgorde
        autorisatie.save()
    return applicatie
