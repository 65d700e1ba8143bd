"""ztc-010: what belongs to a published zaaktype is as fixed as the zaaktype."""

from __future__ import annotations

from api.catalogi.models import Statustype, Zaaktype
from tenants.registry.context import in_municipality
from tests.api.catalogi.rules.conftest import url
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import StatustypeFactory

STATUSTYPEN = "/catalogi/api/v1/statustypen"
REFUSED = [("nonFieldErrors", "non-concept-zaaktype")]


def statustype(zaaktype: Zaaktype) -> dict[str, object]:
    return {"zaaktype": url(zaaktype), "omschrijving": "Ontvangen", "volgnummer": 1}


def test_a_concept_is_extended(writer: ApiClient, concept: Zaaktype) -> None:
    assert writer.post(STATUSTYPEN, statustype(concept)).status_code == 201


def test_a_published_zaaktype_is_not(writer: ApiClient, published: Zaaktype) -> None:
    assert violations(writer.post(STATUSTYPEN, statustype(published))) == REFUSED
    with in_municipality(writer.municipality):
        assert Statustype.objects.count() == 0


def test_nor_does_a_part_of_it_change(writer: ApiClient, published: Zaaktype) -> None:
    with in_municipality(writer.municipality):
        part = StatustypeFactory.create(zaaktype=published)
    assert violations(writer.patch(f"{STATUSTYPEN}/{part.pk}", {"omschrijving": "x"})) == REFUSED
    assert violations(writer.delete(f"{STATUSTYPEN}/{part.pk}")) == REFUSED


def test_force_extends_it(haarlem_api: ApiClient, published: Zaaktype) -> None:
    assert haarlem_api.post(STATUSTYPEN, statustype(published)).status_code == 201
