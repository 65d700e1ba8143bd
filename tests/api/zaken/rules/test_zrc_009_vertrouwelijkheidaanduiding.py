"""zrc-009: a zaak takes the vertrouwelijkheidaanduiding of its zaaktype."""

from __future__ import annotations

from tests.api.client import ApiClient
from tests.api.zaken.conftest import ZAKEN, Catalogue


def test_it_comes_from_the_zaaktype(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    answer = haarlem_api.post(ZAKEN, catalogue.zaak())
    assert answer.json()["vertrouwelijkheidaanduiding"] == "openbaar"


def test_what_the_client_gives_is_kept(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(vertrouwelijkheidaanduiding="geheim"))
    assert answer.json()["vertrouwelijkheidaanduiding"] == "geheim"
