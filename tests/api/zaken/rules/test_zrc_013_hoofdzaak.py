"""zrc-013: a hoofdzaak is another zaak, and no deelzaak."""

from __future__ import annotations

from api.zaken.models import Zaak
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue


def test_a_hoofdzaak_that_does_not_exist(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    body = catalogue.zaak(hoofdzaak=haarlem_api.url(f"{ZAKEN}/00000000-0000-4000-8000-000000000000"))
    assert violations(haarlem_api.post(ZAKEN, body)) == [("hoofdzaak", "no_match")]


def test_a_zaak_is_not_its_own_hoofdzaak(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    answer = haarlem_api.patch(catalogue.url(zaak), {"hoofdzaak": catalogue.url(zaak)})
    assert violations(answer) == [("hoofdzaak", "self-forbidden")]


def test_a_deelzaak_is_no_hoofdzaak(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    deelzaak = catalogue.new_zaak(hoofdzaak=zaak)
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(hoofdzaak=catalogue.url(deelzaak)))
    assert violations(answer) == [("hoofdzaak", "deelzaak-als-hoofdzaak")]


def test_a_hoofdzaak_names_its_deelzaken(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    made = haarlem_api.post(ZAKEN, catalogue.zaak(hoofdzaak=catalogue.url(zaak))).json()
    assert haarlem_api.get(catalogue.url(zaak)).json()["deelzaken"] == [made["url"]]
