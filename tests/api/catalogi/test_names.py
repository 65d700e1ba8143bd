"""Types name each other; answers show the versions that are valid on the day (rules 9.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from api.catalogi.models import TypeRelatie
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, besluittype_body, make, nothing_written, path_of, zaaktype_body
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import (
    BesluittypeFactory,
    CatalogusFactory,
    InformatieobjecttypeFactory,
    ResultaattypeFactory,
    TypeRelatieFactory,
    ZaaktypeFactory,
    ZaaktypeInformatieobjecttypeFactory,
)

ZAAKTYPEN = f"{ROOT}/zaaktypen"
BESLUITTYPEN = f"{ROOT}/besluittypen"


@pytest.fixture
def versions(haarlem: Municipality) -> dict[str, Any]:
    """A besluittype named "Besluit": one version for 2024, one from 2025 on, and a concept."""
    catalogus = make(haarlem, CatalogusFactory)
    shared = {"catalogus": catalogus, "omschrijving": "Besluit"}
    old = {"begin_geldigheid": date(2024, 1, 1), "einde_geldigheid": date(2024, 12, 31)}
    new = {"begin_geldigheid": date(2025, 1, 1)}
    return {
        "catalogus": catalogus,
        "old": make(haarlem, BesluittypeFactory, published=True, **shared, **old),
        "new": make(haarlem, BesluittypeFactory, published=True, **shared, **new),
        "concept": make(haarlem, BesluittypeFactory, **shared, **new),
    }


@pytest.fixture
def zaaktype(haarlem: Municipality, versions: dict[str, Any]) -> Any:
    zaaktype = make(haarlem, ZaaktypeFactory, published=True, catalogus=versions["catalogus"])
    make(haarlem, TypeRelatieFactory, zaaktype=zaaktype, naam="Besluit")
    return zaaktype


@pytest.mark.parametrize("given", ["name", "old", "concept"])
def test_a_name_and_the_url_of_any_version_mean_the_same(
    haarlem_api: ApiClient, versions: dict[str, Any], given: str
) -> None:
    value = "Besluit" if given == "name" else haarlem_api.url(path_of(versions[given]))
    catalogus = haarlem_api.url(path_of(versions["catalogus"]))

    made = haarlem_api.post(ZAAKTYPEN, zaaktype_body(catalogus, besluittypen=[value])).json()

    assert made["besluittypeOmschrijving"] == ["Besluit"]
    assert made["besluittypen"] == [haarlem_api.url(path_of(versions["new"]))]


def test_a_name_may_come_before_its_type(haarlem_api: ApiClient, catalogus_url: str) -> None:
    body = zaaktype_body(catalogus_url, besluittypen=["Later"], deelzaaktypen=["OOK-LATER"])

    made = haarlem_api.post(ZAAKTYPEN, body).json()

    assert (made["besluittypen"], made["besluittypeOmschrijving"]) == ([], ["Later"])
    assert (made["deelzaaktypen"], made["deelzaaktypeIdentificaties"]) == ([], ["OOK-LATER"])


def test_a_url_that_is_no_type_here_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, versions: dict[str, Any]
) -> None:
    catalogus = haarlem_api.url(path_of(versions["catalogus"]))
    body = zaaktype_body(catalogus, besluittypen=["Besluit", catalogus])

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(ZAAKTYPEN, body)) == [("besluittypen.1", "bad-url")]


@pytest.mark.parametrize(
    ("query", "version"),
    [("", "new"), ("datumGeldigheid=2024-06-01", "old"), ("datumGeldigheid=2025-01-01", "new")],
)
def test_a_list_shows_the_version_of_the_day(
    haarlem_api: ApiClient, versions: dict[str, Any], zaaktype: object, query: str, version: str
) -> None:
    (shown,) = haarlem_api.get(f"{ZAAKTYPEN}?{query}").json()["results"]

    assert shown["besluittypen"] == [haarlem_api.url(path_of(versions[version]))]


@pytest.mark.parametrize(("query", "version"), [("", "new"), ("?datumGeldigheid=2024-06-01", "old")])
def test_a_single_zaaktype_does_too(
    haarlem_api: ApiClient,
    versions: dict[str, Any],
    zaaktype: Any,
    query: str,
    version: str,
) -> None:
    shown = haarlem_api.get(f"{path_of(zaaktype)}{query}").json()

    assert shown["besluittypen"] == [haarlem_api.url(path_of(versions[version]))]


def test_what_is_expanded_is_the_version_of_the_day(
    haarlem_api: ApiClient,
    versions: dict[str, Any],
    zaaktype: Any,
) -> None:
    query = "?datumGeldigheid=2024-06-01&expand=besluittypen"

    (shown,) = haarlem_api.get(f"{path_of(zaaktype)}{query}").json()["_expand"]["besluittypen"]

    assert shown["url"] == haarlem_api.url(path_of(versions["old"]))


def test_a_type_of_another_catalogus_with_that_name_is_another(
    haarlem: Municipality,
    haarlem_api: ApiClient,
    zaaktype: Any,
) -> None:
    make(haarlem, BesluittypeFactory, published=True, omschrijving="Besluit")

    assert len(haarlem_api.get(path_of(zaaktype)).json()["besluittypen"]) == 1


def test_a_besluittype_shows_what_names_it(
    haarlem: Municipality,
    haarlem_api: ApiClient,
    versions: dict[str, Any],
    zaaktype: Any,
) -> None:
    resultaattype = make(haarlem, ResultaattypeFactory, zaaktype=zaaktype)
    kind = TypeRelatie.Kind.RESULTAATTYPE_BESLUITTYPE
    make(
        haarlem,
        TypeRelatieFactory,
        zaaktype=None,
        resultaattype=resultaattype,
        catalogus=versions["catalogus"],
        kind=kind,
        naam="Besluit",
    )

    shown = haarlem_api.get(path_of(versions["new"])).json()

    assert shown["zaaktypen"] == [haarlem_api.url(path_of(zaaktype))]
    assert shown["zaaktypeIdentificaties"] == [zaaktype.identificatie]
    assert shown["resultaattypen"] == [haarlem_api.url(path_of(resultaattype))]
    assert shown["resultaattypenOmschrijving"] == ["Afgehandeld"]


def test_besluittypen_by_the_zaaktype_that_names_them(
    haarlem_api: ApiClient,
    versions: dict[str, Any],
    zaaktype: Any,
) -> None:
    day = "datumGeldigheid=2025-06-01"
    named = [haarlem_api.url(path_of(versions["new"]))]
    by_url = haarlem_api.get(f"{BESLUITTYPEN}?{day}&zaaktypen={haarlem_api.url(path_of(zaaktype))}")
    by_name = haarlem_api.get(f"{BESLUITTYPEN}?{day}&zaaktypen={zaaktype.identificatie}")
    other = haarlem_api.get(f"{BESLUITTYPEN}?{day}&zaaktypen=ANDERS")

    assert [one["url"] for one in by_url.json()["results"]] == named
    assert [one["url"] for one in by_name.json()["results"]] == named
    assert other.json()["count"] == 0


def test_besluittypen_by_the_informatieobjecttype_that_they_name(
    haarlem: Municipality, haarlem_api: ApiClient, catalogus_url: str
) -> None:
    foto = make(haarlem, InformatieobjecttypeFactory, omschrijving="Foto")
    body = besluittype_body(catalogus_url, informatieobjecttypen=["Foto"])
    made = haarlem_api.post(BESLUITTYPEN, body).json()
    lists = f"{BESLUITTYPEN}?status=alles&informatieobjecttypen="

    assert [one["url"] for one in haarlem_api.get(f"{lists}Foto").json()["results"]] == [made["url"]]
    # of another catalogus: the same name, another type
    assert haarlem_api.get(lists + haarlem_api.url(path_of(foto))).json()["count"] == 0


def test_a_list_of_names_is_replaced_as_a_whole(
    haarlem_api: ApiClient,
    versions: dict[str, Any],
    zaaktype: Any,
) -> None:
    changed = haarlem_api.patch(path_of(zaaktype), {"besluittypen": ["Ander", "Ander", "Besluit"]}).json()

    assert changed["besluittypeOmschrijving"] == ["Ander", "Besluit"]
    assert haarlem_api.patch(path_of(zaaktype), {"besluittypen": []}).json()["besluittypen"] == []


@pytest.mark.parametrize("spelling", ["aardRelatie", "aard_relatie"])
def test_gerelateerde_zaaktypen_have_a_name_and_a_version(
    haarlem: Municipality, haarlem_api: ApiClient, spelling: str
) -> None:
    other = make(haarlem, ZaaktypeFactory, published=True, identificatie="BEZWAAR")
    related = {"zaaktype": "BEZWAAR", spelling: "vervolg", "toelichting": "Bezwaar op het besluit"}
    catalogus = haarlem_api.url(path_of(other.catalogus))

    made = haarlem_api.post(ZAAKTYPEN, zaaktype_body(catalogus, gerelateerdeZaaktypen=[related])).json()

    assert made["gerelateerdeZaaktypen"] == [
        {
            "zaaktype": haarlem_api.url(path_of(other)),
            "zaaktypeIdentificatie": "BEZWAAR",
            "aardRelatie": "vervolg",
            "toelichting": "Bezwaar op het besluit",
        }
    ]


def test_gerelateerde_zaaktypen_say_where_they_are_wrong(
    haarlem: Municipality, haarlem_api: ApiClient, catalogus_url: str
) -> None:
    related = [{"zaaktype": "BEZWAAR", "aardRelatie": "neef"}, {"aardRelatie": "vervolg"}]
    body = zaaktype_body(catalogus_url, gerelateerdeZaaktypen=related)

    with nothing_written(haarlem):
        refused = violations(haarlem_api.post(ZAAKTYPEN, body))
    assert refused == [
        ("gerelateerdeZaaktypen.0.aardRelatie", "invalid_choice"),
        ("gerelateerdeZaaktypen.1.zaaktype", "required"),
    ]


def test_an_informatieobjecttype_shows_the_zaaktypen_that_name_it(
    haarlem: Municipality,
    haarlem_api: ApiClient,
    zaaktype: Any,
) -> None:
    foto = make(haarlem, InformatieobjecttypeFactory, catalogus=zaaktype.catalogus, omschrijving="Foto")
    make(haarlem, ZaaktypeInformatieobjecttypeFactory, zaaktype=zaaktype)

    shown = haarlem_api.get(path_of(foto)).json()

    assert shown["zaaktypen"] == [haarlem_api.url(path_of(zaaktype))]
    assert shown["zaaktypeIdentificaties"] == [zaaktype.identificatie]
