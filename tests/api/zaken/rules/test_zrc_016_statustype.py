"""zrc-016: a statustype belongs to the zaaktype of the zaak."""

from __future__ import annotations

from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import STATUSSEN, Catalogue
from tests.factories.catalogi import StatustypeFactory


def test_a_statustype_of_another_zaaktype(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    with in_municipality(catalogue.municipality):
        foreign = StatustypeFactory.create(zaaktype=catalogue.other)
    answer = haarlem_api.post(STATUSSEN, catalogue.status(zaak, foreign))
    assert ("nonFieldErrors", "zaaktype-mismatch") in violations(answer)
