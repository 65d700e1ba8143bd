"""What holds for a zaaktype beyond the numbered rules."""

from __future__ import annotations

import pytest

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, zaaktype_body
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import ZaaktypeFactory

BRONCATALOGUS = {"url": "https://bron.example.nl/catalogussen/1", "domein": "BRON", "rsin": "517439943"}
BRONZAAKTYPE = {
    "url": "https://bron.example.nl/zaaktypen/1",
    "identificatie": "MELDING",
    "omschrijving": "Melding",
}
REFUSED = [("verlengingstermijn", "verlenging-mismatch")]


def test_a_term_without_extension_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, catalogus_url: str
) -> None:
    body = zaaktype_body(catalogus_url, verlengingstermijn="P30D")

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(f"{ROOT}/zaaktypen", body)) == REFUSED


def test_a_term_with_extension_is_taken(haarlem_api: ApiClient, catalogus_url: str) -> None:
    body = zaaktype_body(catalogus_url, verlengingMogelijk=True, verlengingstermijn="P30D")

    assert haarlem_api.post(f"{ROOT}/zaaktypen", body).json()["verlengingstermijn"] == "P30D"


def test_extension_that_has_a_term_stays_possible(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    path = path_of(make(haarlem, ZaaktypeFactory, verlenging_mogelijk=True, verlengingstermijn="P30D"))

    with nothing_written(haarlem):
        assert violations(haarlem_api.patch(path, {"verlengingMogelijk": False})) == REFUSED


@pytest.mark.parametrize("empty", ["P0D", "PT0S", "P0Y0M0D"])
def test_a_servicenorm_of_nothing_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, catalogus_url: str, empty: str
) -> None:
    with nothing_written(haarlem):
        refused = haarlem_api.post(f"{ROOT}/zaaktypen", zaaktype_body(catalogus_url, servicenorm=empty))
    assert violations(refused) == [("servicenorm", "empty-duration")]


@pytest.mark.parametrize("servicenorm", ["P10D", None])
def test_a_servicenorm_is_something_or_absent(
    haarlem_api: ApiClient, catalogus_url: str, servicenorm: str | None
) -> None:
    made = haarlem_api.post(f"{ROOT}/zaaktypen", zaaktype_body(catalogus_url, servicenorm=servicenorm))

    assert made.json()["servicenorm"] == servicenorm


@pytest.mark.parametrize("half", [{"broncatalogus": BRONCATALOGUS}, {"bronzaaktype": BRONZAAKTYPE}])
def test_half_a_source_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, catalogus_url: str, half: dict[str, object]
) -> None:
    with nothing_written(haarlem):
        refused = haarlem_api.post(f"{ROOT}/zaaktypen", zaaktype_body(catalogus_url, **half))
    assert violations(refused) == [("nonFieldErrors", "invalid-bronzaaktype-for-broncatalogus")]


def test_a_whole_source_is_taken(haarlem_api: ApiClient, catalogus_url: str) -> None:
    source = {"broncatalogus": BRONCATALOGUS, "bronzaaktype": BRONZAAKTYPE}

    made = haarlem_api.post(f"{ROOT}/zaaktypen", zaaktype_body(catalogus_url, **source)).json()

    assert (made["broncatalogus"], made["bronzaaktype"]) == (BRONCATALOGUS, BRONZAAKTYPE)


def test_half_of_it_is_not_taken_away(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    path = path_of(make(haarlem, ZaaktypeFactory))
    haarlem_api.patch(path, {"broncatalogus": BRONCATALOGUS, "bronzaaktype": BRONZAAKTYPE})

    with nothing_written(haarlem):
        refused = haarlem_api.patch(path, {"bronzaaktype": None})
    assert violations(refused) == [("nonFieldErrors", "invalid-bronzaaktype-for-broncatalogus")]
