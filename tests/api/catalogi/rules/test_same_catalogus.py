"""Deelzaaktypen that are named by URL stand in the catalogus of the zaaktype."""

from __future__ import annotations

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, zaaktype_body
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import ZaaktypeFactory

REFUSED = [("deelzaaktypen", "relations-incorrect-catalogus")]


def test_a_deelzaaktype_of_the_same_catalogus_is_taken(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    deel = make(haarlem, ZaaktypeFactory, published=True)
    catalogus, url = haarlem_api.url(path_of(deel.catalogus)), haarlem_api.url(path_of(deel))

    made = haarlem_api.post(f"{ROOT}/zaaktypen", zaaktype_body(catalogus, deelzaaktypen=[url])).json()

    assert (made["deelzaaktypen"], made["deelzaaktypeIdentificaties"]) == ([url], [deel.identificatie])


def test_one_of_another_catalogus_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, catalogus_url: str, zaaktype_url: str
) -> None:
    body = zaaktype_body(catalogus_url, deelzaaktypen=[zaaktype_url])

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(f"{ROOT}/zaaktypen", body)) == REFUSED


def test_a_change_to_one_is_refused_too(
    haarlem: Municipality, haarlem_api: ApiClient, zaaktype_url: str
) -> None:
    path = path_of(make(haarlem, ZaaktypeFactory))

    with nothing_written(haarlem):
        assert violations(haarlem_api.patch(path, {"deelzaaktypen": [zaaktype_url]})) == REFUSED
