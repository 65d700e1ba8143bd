"""zrc-011: every relevante andere zaak exists."""

from __future__ import annotations

from api.zaken.models import Zaak
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue


def related(url: str) -> list[dict[str, str]]:
    return [{"url": url, "aardRelatie": "vervolg"}]


def test_one_of_this_municipality(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    wanted = related(catalogue.url(zaak))
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(relevanteAndereZaken=wanted))
    assert answer.json()["relevanteAndereZaken"] == wanted


def test_one_that_is_not_here(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    gone = haarlem_api.url(f"{ZAKEN}/00000000-0000-4000-8000-000000000000")
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(relevanteAndereZaken=related(gone)))
    assert violations(answer) == [("relevanteAndereZaken.0.url", "bad-url")]


def test_one_elsewhere(haarlem_api: ApiClient, catalogue: Catalogue, elsewhere: str) -> None:
    body = catalogue.zaak(relevanteAndereZaken=related(f"{elsewhere}/zaak"))
    assert haarlem_api.post(ZAKEN, body).status_code == 201


def test_one_that_is_not_elsewhere(haarlem_api: ApiClient, catalogue: Catalogue, elsewhere: str) -> None:
    body = catalogue.zaak(relevanteAndereZaken=related(f"{elsewhere}/gone"))
    assert violations(haarlem_api.post(ZAKEN, body)) == [("relevanteAndereZaken.0.url", "bad-url")]
