"""The number of a part goes up to its limit, and occurs once in a zaaktype."""

from __future__ import annotations

import pytest

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, statustype_body, ziot_body
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import (
    InformatieobjecttypeFactory,
    StatustypeFactory,
    ZaaktypeInformatieobjecttypeFactory,
)

STATUSTYPEN = f"{ROOT}/statustypen"
RELATIONS = f"{ROOT}/zaaktype-informatieobjecttypen"


@pytest.mark.parametrize("number", [1, 9999])
def test_the_limits_are_taken(haarlem_api: ApiClient, zaaktype_url: str, number: int) -> None:
    body = statustype_body(zaaktype_url, volgnummer=number)

    assert haarlem_api.post(STATUSTYPEN, body).json()["volgnummer"] == number


@pytest.mark.parametrize(("number", "code"), [(0, "min_value"), (10_000, "max_value"), (10**30, "max_value")])
def test_past_the_limits_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, zaaktype_url: str, number: int, code: str
) -> None:
    body = statustype_body(zaaktype_url, volgnummer=number)

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(STATUSTYPEN, body)) == [("volgnummer", code)]


def test_a_document_relation_has_a_lower_limit(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    relation = make(haarlem, ZaaktypeInformatieobjecttypeFactory)
    make(haarlem, InformatieobjecttypeFactory, catalogus=relation.zaaktype.catalogus, omschrijving="Foto")
    body = ziot_body(haarlem_api.url(path_of(relation.zaaktype)), "Foto", volgnummer=1000)

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(RELATIONS, body)) == [("volgnummer", "max_value")]


def test_a_number_occurs_once(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    first = make(haarlem, StatustypeFactory)
    body = statustype_body(haarlem_api.url(path_of(first.zaaktype)), volgnummer=first.volgnummer)

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(STATUSTYPEN, body)) == [("nonFieldErrors", "unique")]


def test_it_may_be_sent_again(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    first = make(haarlem, StatustypeFactory)

    assert haarlem_api.patch(path_of(first), {"volgnummer": first.volgnummer}).status_code == 200


def test_another_zaaktype_counts_for_itself(
    haarlem: Municipality, haarlem_api: ApiClient, zaaktype_url: str
) -> None:
    first = make(haarlem, StatustypeFactory)
    body = statustype_body(zaaktype_url, volgnummer=first.volgnummer)

    assert haarlem_api.post(STATUSTYPEN, body).status_code == 201


def test_the_highest_is_the_eindstatus(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    first = make(haarlem, StatustypeFactory)
    second = make(haarlem, StatustypeFactory, zaaktype=first.zaaktype)

    assert haarlem_api.get(path_of(first)).json()["isEindstatus"] is False
    assert haarlem_api.get(path_of(second)).json()["isEindstatus"] is True
