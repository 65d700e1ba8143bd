"""zrc-012: null or absent is not set, an object has all its members."""

from __future__ import annotations

from api.zaken.models import Zaak
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue


def test_absent_groups_are_answered_in_their_structure(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    found = haarlem_api.post(ZAKEN, catalogue.zaak(verlenging=None)).json()
    assert found["verlenging"] == {"reden": "", "duur": None}
    assert found["opschorting"] == {"indicatie": False, "reden": ""}


def test_a_group_needs_all_its_members(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(verlenging={"reden": "drukte"}))
    assert violations(answer) == [("verlenging.duur", "required")]


def test_members_are_named_in_the_order_of_the_schema(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    answer = haarlem_api.patch(catalogue.url(zaak), {"opschorting": {}})
    assert violations(answer) == [("opschorting.indicatie", "required"), ("opschorting.reden", "required")]


def test_null_unsets_a_group(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    made = haarlem_api.post(ZAKEN, catalogue.zaak(verlenging={"reden": "drukte", "duur": "P5D"})).json()
    assert made["verlenging"]["duur"] == "P5D"
    assert haarlem_api.patch(made["url"], {"verlenging": None}).json()["verlenging"]["duur"] is None
