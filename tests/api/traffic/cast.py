"""What the placeholders stand for: a catalogue with a concept and what is published, and a zaak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from api.catalogi.scopes import CATALOGI_LEZEN, CATALOGI_SCHRIJVEN
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import path_of
from tests.api.client import ApiClient, api_with_all_rights, api_with_rights, right
from tests.factories import catalogi
from tests.factories.documenten import EnkelvoudigInformatieObjectFactory
from tests.factories.zaken import RolFactory, ZaakFactory

ABSENT = "6f0b2f4e-0000-4000-8000-000000000000"
"""The key of nothing."""

ELSEWHERE = "https://elders.example.nl"
"""Where what is not of this municipality stands."""

NAME = "AANVRAAG"
"""The identificatie of the concept, and the text that a client sends for one."""

TEXT = "Aanvraag"
"""What the types are called, and what a client sends where nothing else is asked."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who sends, and what is there: URLs by the path of their collection."""

    form_server: ApiClient
    """May do everything."""
    editor: ApiClient
    """Makes and publishes types; what is published it may not take away."""
    concept: dict[str, str]
    """What an editor works on."""
    published: dict[str, str]
    """What zaken are of, and what can no longer be deleted."""


def cast(municipality: Municipality) -> Cast:
    with in_municipality(municipality):
        catalogus = catalogi.CatalogusFactory.create()
        concept = [catalogus, *_types(catalogus, published=False)]
        published = [catalogus, *_types(catalogus, published=True)]
        zaaktype = published[1]
        zaak = ZaakFactory.create(zaaktype=zaaktype)
        published.append(EnkelvoudigInformatieObjectFactory.create(informatieobjecttype=published[2]))
        published += [zaak, RolFactory.create(zaak=zaak, roltype=zaaktype.roltypen.get())]
        editor = right("ztc", (CATALOGI_LEZEN, CATALOGI_SCHRIJVEN))
    form_server = api_with_all_rights(municipality)
    return Cast(
        form_server,
        api_with_rights(municipality, editor),
        _by_collection(form_server, concept),
        _by_collection(form_server, published),
    )


def _types(catalogus: Any, *, published: bool) -> list[Any]:
    """A zaaktype with one of everything. Its numbers are high: those that clients send are free."""
    zaaktype = catalogi.ZaaktypeFactory.create(
        catalogus=catalogus,
        identificatie="VERLEEND" if published else NAME,
        selectielijst_procestype=catalogi.INRICHTEN,
        producten_of_diensten=[f"{ELSEWHERE}/product/{ABSENT}"],
        published=published,
    )
    informatieobjecttype = catalogi.InformatieobjecttypeFactory.create(
        catalogus=catalogus, published=published
    )
    catalogi.StatustypeFactory.create(zaaktype=zaaktype, volgnummer=99, omschrijving="Afgehandeld")
    return [
        zaaktype,
        informatieobjecttype,
        catalogi.BesluittypeFactory.create(catalogus=catalogus, published=published),
        catalogi.StatustypeFactory.create(zaaktype=zaaktype, volgnummer=98),
        catalogi.ResultaattypeFactory.create(zaaktype=zaaktype),
        catalogi.RoltypeFactory.create(zaaktype=zaaktype),
        catalogi.EigenschapFactory.create(zaaktype=zaaktype),
        catalogi.ZaakobjecttypeFactory.create(zaaktype=zaaktype),
        catalogi.ZaaktypeInformatieobjecttypeFactory.create(
            zaaktype=zaaktype,
            informatieobjecttype_omschrijving=informatieobjecttype.omschrijving,
            volgnummer=98,
        ),
    ]


def _by_collection(client: ApiClient, objects: list[Model]) -> dict[str, str]:
    paths = [path_of(each) for each in objects]
    return {path.rpartition("/")[0]: client.url(path) for path in paths}
