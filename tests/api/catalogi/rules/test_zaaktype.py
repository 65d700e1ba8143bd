"""A term for extension only where extension is possible."""

from __future__ import annotations

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, zaaktype_body
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import ZaaktypeFactory

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
