"""zrc-001: a zaak is of a real, published zaaktype."""

from __future__ import annotations

from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue


def count(catalogue: Catalogue) -> int:
    with in_municipality(catalogue.municipality):
        return Zaak.objects.count()


def test_a_concept_cannot_be_used(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    with in_municipality(catalogue.municipality):
        catalogue.zaaktype.concept = True
        catalogue.zaaktype.save()
    assert violations(haarlem_api.post(ZAKEN, catalogue.zaak())) == [("zaaktype", "not-published")]
    assert count(catalogue) == 0


def test_an_absent_zaaktype_is_a_bad_url(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    gone = haarlem_api.url("/catalogi/api/v1/zaaktypen/00000000-0000-4000-8000-000000000000")
    assert violations(haarlem_api.post(ZAKEN, catalogue.zaak(zaaktype=gone))) == [("zaaktype", "bad-url")]
    assert count(catalogue) == 0


def test_another_kind_of_object_is_no_zaaktype(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    body = catalogue.zaak(zaaktype=catalogue.url(catalogue.first))
    assert violations(haarlem_api.post(ZAKEN, body)) == [("zaaktype", "invalid-resource")]


def test_a_zaak_may_get_another_zaaktype(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    answer = haarlem_api.patch(catalogue.url(zaak), {"zaaktype": catalogue.url(catalogue.other)})
    assert answer.json()["zaaktype"] == catalogue.url(catalogue.other)
