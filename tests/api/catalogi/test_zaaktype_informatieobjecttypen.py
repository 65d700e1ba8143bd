"""A relation by name between a zaaktype and an informatieobjecttype, answered as a name or as a URL."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from api.catalogi.models import Informatieobjecttype, ZaaktypeInformatieobjecttype
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, urls, ziot_body
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import InformatieobjecttypeFactory, ZaaktypeInformatieobjecttypeFactory

RELATIONS = f"{ROOT}/zaaktype-informatieobjecttypen"
OTHER_CATALOGUS = [("nonFieldErrors", "relations-incorrect-catalogus")]


@dataclass(frozen=True)
class Cast:
    """A relation of a concept, with the version that its name stands for."""

    relation: ZaaktypeInformatieobjecttype
    foto: Informatieobjecttype


@pytest.fixture
def cast(haarlem: Municipality) -> Cast:
    relation = make(haarlem, ZaaktypeInformatieobjecttypeFactory)
    of_catalogus = {"catalogus": relation.zaaktype.catalogus, "omschrijving": "Foto"}
    return Cast(relation, make(haarlem, InformatieobjecttypeFactory, published=True, **of_catalogus))


@pytest.fixture
def zaaktype_url(haarlem_api: ApiClient, cast: Cast) -> str:
    return haarlem_api.url(path_of(cast.relation.zaaktype))


def test_the_answer_is_the_url_of_the_valid_version(haarlem_api: ApiClient, cast: Cast) -> None:
    shown = haarlem_api.get(path_of(cast.relation)).json()

    assert shown["informatieobjecttype"] == haarlem_api.url(path_of(cast.foto))


@pytest.mark.usefixtures("by_the_letter")
def test_or_the_name_where_the_municipality_says_so(haarlem_api: ApiClient, cast: Cast) -> None:
    shown = haarlem_api.get(path_of(cast.relation)).json()

    assert shown["informatieobjecttype"] == "Foto"


def test_a_list_answers_the_same(haarlem_api: ApiClient, cast: Cast) -> None:
    (shown,) = haarlem_api.get(f"{RELATIONS}?status=alles").json()["results"]

    assert shown == haarlem_api.get(path_of(cast.relation)).json()


def test_a_name_without_a_valid_version_stays_a_name(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    relation = make(haarlem, ZaaktypeInformatieobjecttypeFactory, informatieobjecttype_omschrijving="Later")

    assert haarlem_api.get(path_of(relation)).json()["informatieobjecttype"] == "Later"


@pytest.mark.parametrize("by_url", [True, False])
def test_a_request_names_it_or_gives_its_url(
    haarlem_api: ApiClient, cast: Cast, zaaktype_url: str, by_url: bool
) -> None:
    given = haarlem_api.url(path_of(cast.foto)) if by_url else "Foto"

    made = haarlem_api.post(RELATIONS, ziot_body(zaaktype_url, given, volgnummer=2))

    assert made.status_code == 201
    assert made.json()["informatieobjecttype"] == haarlem_api.url(path_of(cast.foto))


def test_a_url_of_another_catalogus_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, zaaktype_url: str
) -> None:
    elsewhere = make(haarlem, InformatieobjecttypeFactory, published=True, omschrijving="Foto")
    body = ziot_body(zaaktype_url, haarlem_api.url(path_of(elsewhere)), volgnummer=2)

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(RELATIONS, body)) == OTHER_CATALOGUS


def test_a_name_that_its_catalogus_lacks_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, zaaktype_url: str
) -> None:
    with nothing_written(haarlem):
        refused = haarlem_api.post(RELATIONS, ziot_body(zaaktype_url, "Brief", volgnummer=2))
    assert violations(refused) == OTHER_CATALOGUS


def test_a_name_longer_than_any_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, zaaktype_url: str
) -> None:
    with nothing_written(haarlem):
        refused = haarlem_api.post(RELATIONS, ziot_body(zaaktype_url, "x" * 101, volgnummer=2))
    assert violations(refused) == [("informatieobjecttype", "max_length")]


@pytest.mark.parametrize(
    ("query", "count"), [("Foto", 1), ("Brief", 0), ("https://elders.example.nl/foto", 0)]
)
def test_a_list_by_name(haarlem_api: ApiClient, cast: Cast, query: str, count: int) -> None:
    found = haarlem_api.get(f"{RELATIONS}?status=alles&informatieobjecttype={query}").json()

    assert found["count"] == count


def test_a_list_by_url(haarlem_api: ApiClient, cast: Cast) -> None:
    wanted = haarlem_api.url(path_of(cast.foto))

    assert urls(haarlem_api.get(f"{RELATIONS}?status=alles&informatieobjecttype={wanted}")) == [
        haarlem_api.url(path_of(cast.relation))
    ]


def test_a_list_by_richting(haarlem_api: ApiClient, cast: Cast) -> None:
    assert haarlem_api.get(f"{RELATIONS}?status=alles&richting=inkomend").json()["count"] == 1
    assert haarlem_api.get(f"{RELATIONS}?status=alles&richting=uitgaand").json()["count"] == 0


def test_the_version_is_expanded(haarlem_api: ApiClient, cast: Cast) -> None:
    shown = haarlem_api.get(f"{path_of(cast.relation)}?expand=informatieobjecttype.catalogus").json()

    expanded = shown["_expand"]["informatieobjecttype"]
    assert expanded["url"] == shown["informatieobjecttype"]
    assert expanded["_expand"]["catalogus"]["url"] == shown["catalogus"]


def test_where_no_version_is_valid_an_empty_object_is_expanded(
    haarlem: Municipality, haarlem_api: ApiClient
) -> None:
    relation = make(haarlem, ZaaktypeInformatieobjecttypeFactory)

    shown = haarlem_api.get(f"{path_of(relation)}?expand=informatieobjecttype").json()

    assert shown["_expand"] == {"informatieobjecttype": {}}
