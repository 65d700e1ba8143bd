"""What clients of Open Zaak narrow types by, beyond the standard."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from api.catalogi.models import Zaaktype
from api.catalogi.resources.informatieobjecttype import InformatieobjecttypeResource
from api.catalogi.resources.roltype import RoltypeResource
from api.catalogi.resources.zaaktype import ZaaktypeResource
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, path_of, urls
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import (
    BesluittypeFactory,
    InformatieobjecttypeFactory,
    RoltypeFactory,
    TypeRelatieFactory,
    ZaakobjecttypeFactory,
    ZaaktypeFactory,
    ZaaktypeInformatieobjecttypeFactory,
)

DOCUMENTEN = f"{ROOT}/informatieobjecttypen"


@pytest.mark.parametrize(("part", "count"), [("MELD", 1), ("elding", 1), ("bezwaar", 0), ("%", 0)])
@pytest.mark.parametrize("name", ["identificatie", "omschrijving"])
def test_a_part_of_the_text_of_a_zaaktype(
    haarlem: Municipality, haarlem_api: ApiClient, name: str, part: str, count: int
) -> None:
    make(haarlem, ZaaktypeFactory, published=True, **{name: "Melding"})
    make(haarlem, ZaaktypeFactory, published=True, identificatie="X", omschrijving="Vergunning")

    answer = haarlem_api.get(f"{ROOT}/zaaktypen?{name}__icontains={quote(part)}")

    assert answer.json()["count"] == count


def test_a_part_of_the_omschrijving_of_a_document(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    found = make(haarlem, InformatieobjecttypeFactory, published=True, omschrijving="Ontvangstbevestiging")
    make(haarlem, InformatieobjecttypeFactory, published=True, omschrijving="Foto")

    answer = haarlem_api.get(f"{DOCUMENTEN}?omschrijving__icontains=BEVESTIGING")

    assert urls(answer) == [haarlem_api.url(path_of(found))]


def test_the_documents_of_a_zaaktype(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    zaaktype = make(haarlem, ZaaktypeFactory, published=True)
    of_it = {"catalogus": zaaktype.catalogus, "omschrijving": "Foto"}
    found = make(haarlem, InformatieobjecttypeFactory, published=True, **of_it)
    make(haarlem, InformatieobjecttypeFactory, **of_it)
    make(haarlem, InformatieobjecttypeFactory, published=True, omschrijving="Foto")
    make(haarlem, InformatieobjecttypeFactory, published=True, catalogus=zaaktype.catalogus)
    make(
        haarlem,
        ZaaktypeInformatieobjecttypeFactory,
        zaaktype=zaaktype,
        informatieobjecttype_omschrijving="Foto",
    )
    url = haarlem_api.url(path_of(zaaktype))

    assert urls(haarlem_api.get(f"{DOCUMENTEN}?zaaktype={url}")) == [haarlem_api.url(path_of(found))]
    assert haarlem_api.get(f"{DOCUMENTEN}?zaaktype={url}&status=alles").json()["count"] == 2
    assert violations(haarlem_api.get(f"{DOCUMENTEN}?zaaktype=Foto")) == [("zaaktype", "invalid")]


def test_a_part_of_the_omschrijving_of_a_roltype(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    found = make(haarlem, RoltypeFactory, omschrijving="Behandelend ambtenaar")
    make(haarlem, RoltypeFactory, omschrijving="Melder")

    answer = haarlem_api.get(f"{ROOT}/roltypen?status=alles&omschrijving=ambtenaar")

    assert urls(answer) == [haarlem_api.url(path_of(found))]


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 2), ("?status=", 2), ("?status=alles", 2), ("?status=concept", 1), ("?status=definitief", 1)],
)
def test_the_status_of_a_zaakobjecttype_is_that_of_its_zaaktype(
    haarlem: Municipality, haarlem_api: ApiClient, query: str, count: int
) -> None:
    make(haarlem, ZaakobjecttypeFactory)
    make(haarlem, ZaakobjecttypeFactory, zaaktype=make(haarlem, ZaaktypeFactory, published=True))

    assert haarlem_api.get(f"{ROOT}/zaakobjecttypen{query}").json()["count"] == count


@pytest.mark.parametrize(("day", "begun"), [("2024-12-31", 2024), ("2025-01-01", 2025)])
@pytest.mark.parametrize("factory", [InformatieobjecttypeFactory, BesluittypeFactory])
def test_names_stand_for_the_versions_of_a_day(
    haarlem: Municipality, haarlem_api: ApiClient, factory: Any, day: str, begun: int
) -> None:
    shown = make(haarlem, factory, published=True)
    of_one = {"catalogus": shown.catalogus, "identificatie": "MELDING", "published": True}
    versions = {
        2024: make(
            haarlem,
            ZaaktypeFactory,
            begin_geldigheid=date(2024, 1, 1),
            einde_geldigheid=date(2024, 12, 31),
            **of_one,
        ),
        2025: make(haarlem, ZaaktypeFactory, begin_geldigheid=date(2025, 1, 1), **of_one),
    }
    for version in versions.values():
        name_it(haarlem, version, shown.omschrijving)

    answer = haarlem_api.get(f"{path_of(shown)}?datumGeldigheid={day}")

    assert answer.json()["zaaktypen"] == [haarlem_api.url(path_of(versions[begun]))]
    assert haarlem_api.head(f"{path_of(shown)}?datumGeldigheid={day}")["ETag"] == answer["ETag"]


def name_it(haarlem: Municipality, zaaktype: Zaaktype, name: str) -> None:
    """As a besluittype and as a document."""
    make(haarlem, TypeRelatieFactory, zaaktype=zaaktype, naam=name)
    of_document = {"informatieobjecttype_omschrijving": name}
    make(haarlem, ZaaktypeInformatieobjecttypeFactory, zaaktype=zaaktype, **of_document)


@pytest.mark.parametrize(
    ("resource", "name", "index"),
    [
        (ZaaktypeResource, "identificatie__icontains", "zaaktype_tekst"),
        (ZaaktypeResource, "omschrijving__icontains", "zaaktype_tekst"),
        (InformatieobjecttypeResource, "omschrijving__icontains", "informatieobjecttype_tekst"),
        (RoltypeResource, "omschrijving", "roltype_tekst"),
    ],
)
def test_a_filter_has_its_index(haarlem: Municipality, resource: Any, name: str, index: str) -> None:
    condition = resource.operations["list"].filters[name].condition("melding")

    with in_municipality(haarlem):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        plan = resource.model.objects.filter(condition).order_by().explain()

    assert index in plan
