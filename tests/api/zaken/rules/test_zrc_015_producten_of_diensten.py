"""zrc-015: a zaak is about products of its zaaktype."""

from __future__ import annotations

from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue


def test_products_are_those_of_the_zaaktype(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    body = catalogue.zaak(productenOfDiensten=["https://producten.example.nl/iets-anders"])
    assert violations(haarlem_api.post(ZAKEN, body)) == [("productenOfDiensten", "invalid-products-services")]


def test_a_product_of_the_zaaktype_is_kept(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    own = catalogue.zaaktype.producten_of_diensten
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(productenOfDiensten=own))
    assert answer.json()["productenOfDiensten"] == own
