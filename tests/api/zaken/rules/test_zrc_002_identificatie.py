"""zrc-002: an identificatie is unique within its organisation."""

from __future__ import annotations

from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue


def test_an_identificatie_is_used_once(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    body = catalogue.zaak(identificatie=zaak.identificatie)
    assert violations(haarlem_api.post(ZAKEN, body)) == [("identificatie", "identificatie-niet-uniek")]
    with in_municipality(catalogue.municipality):
        assert Zaak.objects.count() == 1


def test_another_organisation_may_use_it(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    body = catalogue.zaak(identificatie=zaak.identificatie, bronorganisatie="111222333")
    assert haarlem_api.post(ZAKEN, body).status_code == 201


def test_numbers_follow_each_other(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    first, second = (haarlem_api.post(ZAKEN, catalogue.zaak()).json()["identificatie"] for _ in range(2))
    assert int(second[-10:]) == int(first[-10:]) + 1


def test_a_number_that_a_client_took_is_passed_over(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    first = haarlem_api.post(ZAKEN, catalogue.zaak()).json()["identificatie"]
    taken = f"{first[:-10]}{int(first[-10:]) + 1:010}"
    haarlem_api.post(ZAKEN, catalogue.zaak(identificatie=taken))
    assert haarlem_api.post(ZAKEN, catalogue.zaak()).json()["identificatie"] > taken


def test_it_never_changes(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    answer = haarlem_api.patch(catalogue.url(zaak), {"identificatie": "ANDERS"})
    assert violations(answer) == [("identificatie", "wijzigen-niet-toegelaten")]


def test_put_without_it_keeps_it(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    answer = haarlem_api.put(catalogue.url(zaak), catalogue.zaak())
    assert answer.json()["identificatie"] == zaak.identificatie
