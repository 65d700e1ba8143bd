"""What lists of types leave out: status, validity, names."""

from __future__ import annotations

from datetime import date

import pytest

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, path_of, urls
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import (
    CatalogusFactory,
    RoltypeFactory,
    StatustypeFactory,
    ZaakobjecttypeFactory,
    ZaaktypeFactory,
)

ZAAKTYPEN = f"{ROOT}/zaaktypen"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["definitief"]),
        ("?status=definitief", ["definitief"]),
        ("?status=concept", ["concept"]),
        ("?status=alles", ["concept", "definitief"]),
    ],
)
def test_a_list_has_what_is_published_unless_asked_otherwise(
    haarlem: Municipality, haarlem_api: ApiClient, query: str, expected: list[str]
) -> None:
    make(haarlem, ZaaktypeFactory, identificatie="concept")
    make(haarlem, ZaaktypeFactory, identificatie="definitief", published=True)

    shown = haarlem_api.get(ZAAKTYPEN + query).json()["results"]

    assert [zaaktype["identificatie"] for zaaktype in shown] == expected


def test_another_status_is_refused(haarlem_api: ApiClient) -> None:
    assert violations(haarlem_api.get(f"{ZAAKTYPEN}?status=ooit")) == [("status", "invalid_choice")]


@pytest.mark.parametrize(
    ("day", "count"), [("2023-12-31", 0), ("2024-01-01", 1), ("2024-12-31", 1), ("2025-01-01", 0)]
)
def test_the_first_and_the_last_day_are_valid(
    haarlem: Municipality, haarlem_api: ApiClient, day: str, count: int
) -> None:
    ended = {"begin_geldigheid": date(2024, 1, 1), "einde_geldigheid": date(2024, 12, 31)}
    make(haarlem, ZaaktypeFactory, published=True, **ended)

    assert haarlem_api.get(f"{ZAAKTYPEN}?datumGeldigheid={day}").json()["count"] == count


def test_without_a_day_every_version_is_there(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    make(haarlem, ZaaktypeFactory, published=True, einde_geldigheid=date(2024, 12, 31))

    assert haarlem_api.get(ZAAKTYPEN).json()["count"] == 1


def test_a_day_that_does_not_exist_is_refused(haarlem_api: ApiClient) -> None:
    refused = haarlem_api.get(f"{ZAAKTYPEN}?datumGeldigheid=2026-02-30")

    assert violations(refused) == [("datumGeldigheid", "invalid")]


def test_by_identificatie(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    melding = make(haarlem, ZaaktypeFactory, published=True, identificatie="MELDING")
    make(haarlem, ZaaktypeFactory, published=True, identificatie="BEZWAAR")

    assert urls(haarlem_api.get(f"{ZAAKTYPEN}?identificatie=MELDING")) == [haarlem_api.url(path_of(melding))]


def test_by_catalogus(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    zaaktype = make(haarlem, ZaaktypeFactory, published=True)
    make(haarlem, ZaaktypeFactory, published=True)
    catalogus = haarlem_api.url(path_of(zaaktype.catalogus))

    assert urls(haarlem_api.get(f"{ZAAKTYPEN}?catalogus={catalogus}")) == [haarlem_api.url(path_of(zaaktype))]


@pytest.mark.parametrize(
    ("words", "count"), [("afval", 1), ("straat,afval", 1), ("stoep,afval", 0), ("afv", 0)]
)
def test_all_of_the_trefwoorden_are_there(
    haarlem: Municipality, haarlem_api: ApiClient, words: str, count: int
) -> None:
    make(haarlem, ZaaktypeFactory, published=True, trefwoorden=["afval", "straat"])
    make(haarlem, ZaaktypeFactory, published=True, trefwoorden=["stoep"])

    assert haarlem_api.get(f"{ZAAKTYPEN}?trefwoorden={words}").json()["count"] == count


def test_the_zaaktype_decides_on_the_status_of_its_parts(
    haarlem: Municipality, haarlem_api: ApiClient
) -> None:
    published = make(haarlem, ZaaktypeFactory, published=True)
    shown = make(haarlem, StatustypeFactory, zaaktype=published)
    make(haarlem, StatustypeFactory)

    assert urls(haarlem_api.get(f"{ROOT}/statustypen")) == [haarlem_api.url(path_of(shown))]


def test_by_the_identificatie_of_the_zaaktype(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    roltype = make(haarlem, RoltypeFactory)
    make(haarlem, RoltypeFactory)
    query = f"status=alles&zaaktypeIdentificatie={roltype.zaaktype.identificatie}"

    assert urls(haarlem_api.get(f"{ROOT}/roltypen?{query}")) == [haarlem_api.url(path_of(roltype))]


def test_by_zaaktype(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    roltype = make(haarlem, RoltypeFactory)
    make(haarlem, RoltypeFactory)
    query = f"status=alles&zaaktype={haarlem_api.url(path_of(roltype.zaaktype))}"

    assert urls(haarlem_api.get(f"{ROOT}/roltypen?{query}")) == [haarlem_api.url(path_of(roltype))]


def test_a_zaaktype_elsewhere_matches_nothing(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    roltype = make(haarlem, RoltypeFactory)
    elsewhere = f"http://utrecht.localhost{path_of(roltype.zaaktype)}"

    assert urls(haarlem_api.get(f"{ROOT}/roltypen?status=alles&zaaktype={elsewhere}")) == []


@pytest.mark.parametrize(("query", "count"), [("domein=AAAAA", 1), ("domein__in=AAAAA,BBBBB", 2)])
def test_catalogussen_by_domein(
    haarlem: Municipality, haarlem_api: ApiClient, query: str, count: int
) -> None:
    for domein in ("AAAAA", "BBBBB", "CCCCC"):
        make(haarlem, CatalogusFactory, domein=domein)

    assert haarlem_api.get(f"{ROOT}/catalogussen?{query}").json()["count"] == count


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("datumBeginGeldigheid=2024-01-01", 1),
        ("datumBeginGeldigheid=2025-01-01", 1),
        ("anderObjecttype=true", 0),
        ("relatieOmschrijving=Pand", 2),
        ("objecttype=https://objecttypen.example.nl/pand", 2),
    ],
)
def test_zaakobjecttypen_by_what_they_show(
    haarlem: Municipality, haarlem_api: ApiClient, query: str, count: int
) -> None:
    shared = {"relatie_omschrijving": "Pand", "objecttype": "https://objecttypen.example.nl/pand"}
    make(haarlem, ZaakobjecttypeFactory, **shared)
    make(haarlem, ZaakobjecttypeFactory, begin_geldigheid=date(2025, 1, 1), **shared)

    assert haarlem_api.get(f"{ROOT}/zaakobjecttypen?{query}").json()["count"] == count
