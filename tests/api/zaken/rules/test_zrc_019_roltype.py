"""zrc-019: a roltype belongs to the zaaktype of the zaak."""

from __future__ import annotations

from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ROLLEN, Catalogue
from tests.factories.catalogi import RoltypeFactory


def test_a_roltype_of_another_zaaktype(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    with in_municipality(catalogue.municipality):
        foreign = RoltypeFactory.create(zaaktype=catalogue.other)
    answer = haarlem_api.post(ROLLEN, catalogue.rol(zaak, roltype=catalogue.url(foreign)))
    assert violations(answer) == [("nonFieldErrors", "zaaktype-mismatch")]
