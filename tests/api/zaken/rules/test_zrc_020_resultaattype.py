"""zrc-020: a resultaattype belongs to the zaaktype of the zaak."""

from __future__ import annotations

from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import RESULTATEN, Catalogue
from tests.factories.catalogi import ResultaattypeFactory


def test_a_resultaattype_of_another_zaaktype(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    with in_municipality(catalogue.municipality):
        foreign = ResultaattypeFactory.create(zaaktype=catalogue.other)
    answer = haarlem_api.post(RESULTATEN, catalogue.resultaat(zaak, resultaattype=catalogue.url(foreign)))
    assert violations(answer) == [("nonFieldErrors", "zaaktype-mismatch")]
