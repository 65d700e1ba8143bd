"""Members of a zaaktype that stand together: absent, whole, or refused (zrc-012 in the catalogue)."""

from __future__ import annotations

import pytest

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, zaaktype_body
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import ZaaktypeFactory

BRON = {"url": "https://bron.example.nl/catalogi/1", "domein": "BRON", "rsin": "517439943"}
OF_BRON = {"url": "https://bron.example.nl/zaaktypen/1", "identificatie": "BRON-1", "omschrijving": "Melding"}
UNSET = {"url": "", "domein": "", "rsin": ""}


def test_an_absent_group_is_answered_empty(haarlem_api: ApiClient, catalogus_url: str) -> None:
    made = haarlem_api.post(f"{ROOT}/zaaktypen", zaaktype_body(catalogus_url)).json()

    assert made["broncatalogus"] == UNSET


def test_a_whole_group_is_kept(haarlem_api: ApiClient, catalogus_url: str) -> None:
    body = zaaktype_body(catalogus_url, broncatalogus=BRON, bronzaaktype=OF_BRON)
    made = haarlem_api.post(f"{ROOT}/zaaktypen", body).json()

    assert made["broncatalogus"] == BRON


def test_half_a_group_is_refused(haarlem: Municipality, haarlem_api: ApiClient, catalogus_url: str) -> None:
    body = zaaktype_body(catalogus_url, broncatalogus={"domein": "BRON"})

    with nothing_written(haarlem):
        refused = violations(haarlem_api.post(f"{ROOT}/zaaktypen", body))
    assert refused == [("broncatalogus.url", "required"), ("broncatalogus.rsin", "required")]


def test_half_a_group_is_refused_in_a_change_too(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    path = path_of(make(haarlem, ZaaktypeFactory))

    with nothing_written(haarlem):
        refused = violations(haarlem_api.patch(path, {"broncatalogus": {"domein": "BRON"}}))
    assert refused == [("broncatalogus.url", "required"), ("broncatalogus.rsin", "required")]


def test_null_takes_a_group_away(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    path = path_of(make(haarlem, ZaaktypeFactory))
    whole = {"broncatalogus": BRON, "bronzaaktype": OF_BRON}
    assert haarlem_api.patch(path, whole).json()["broncatalogus"] == BRON

    taken_away = haarlem_api.patch(path, dict.fromkeys(whole)).json()
    assert taken_away["broncatalogus"] == UNSET


@pytest.mark.parametrize(("given", "code"), [(None, "null"), ({}, "required")])
def test_a_group_that_is_required_is_there(
    haarlem: Municipality, haarlem_api: ApiClient, catalogus_url: str, given: object, code: str
) -> None:
    body = zaaktype_body(catalogus_url, referentieproces=given)

    with nothing_written(haarlem):
        refused = violations(haarlem_api.post(f"{ROOT}/zaaktypen", body))
    assert {found for _, found in refused} == {code}
