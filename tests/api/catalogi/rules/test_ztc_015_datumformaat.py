"""ztc-015: the value of an eigenschap that is a date, or a moment, has the length of its format."""

from __future__ import annotations

from typing import Any

import pytest

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, eigenschap_body, make, nothing_written, path_of
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import EigenschapFactory, ZaaktypeFactory


def specification(**changes: Any) -> dict[str, Any]:
    return {"formaat": "datum", "lengte": "8", "kardinaliteit": "1", **changes}


@pytest.fixture
def zaaktype(haarlem: Municipality, haarlem_api: ApiClient) -> str:
    return haarlem_api.url(path_of(make(haarlem, ZaaktypeFactory)))


@pytest.mark.parametrize(("formaat", "lengte"), [("datum", "8"), ("datum_tijd", "14"), ("tekst", "80")])
def test_the_length_of_the_format_is_taken(
    haarlem_api: ApiClient, zaaktype: str, formaat: str, lengte: str
) -> None:
    body = eigenschap_body(zaaktype, specificatie=specification(formaat=formaat, lengte=lengte))

    assert haarlem_api.post(f"{ROOT}/eigenschappen", body).status_code == 201


@pytest.mark.parametrize(("formaat", "lengte"), [("datum", "14"), ("datum_tijd", "8"), ("datum", "8,0")])
def test_another_length_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, zaaktype: str, formaat: str, lengte: str
) -> None:
    body = eigenschap_body(zaaktype, specificatie=specification(formaat=formaat, lengte=lengte))

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(f"{ROOT}/eigenschappen", body)) == [
            ("specificatie.lengte", "invalid")
        ]


def test_a_change_is_held_to_it_too(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    eigenschap = make(haarlem, EigenschapFactory)
    change = {"specificatie": specification(lengte="10")}

    with nothing_written(haarlem):
        assert violations(haarlem_api.patch(path_of(eigenschap), change)) == [
            ("specificatie.lengte", "invalid")
        ]


@pytest.mark.parametrize("value", ["2026-01-05", "20260230", "5 januari"])
def test_a_value_to_choose_from_that_is_no_such_date_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, zaaktype: str, value: str
) -> None:
    values = specification(waardenverzameling=["20260105", value])
    body = eigenschap_body(zaaktype, specificatie=values)

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(f"{ROOT}/eigenschappen", body)) == [
            ("specificatie.waardenverzameling.1", "invalid")
        ]
