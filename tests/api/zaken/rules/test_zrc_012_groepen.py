"""zrc-012: null or absent is not set, an object has all its members."""

from __future__ import annotations

from typing import Any

import pytest

from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue

UNSET = {"reden": "", "duur": None}
PROCESSOBJECT = dict.fromkeys(("datumkenmerk", "identificatie", "objecttype", "registratie"), "")


def test_open_zaak_has_null_for_no_verlenging_alone(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    found = haarlem_api.post(ZAKEN, catalogue.zaak(verlenging=None)).json()
    assert found["verlenging"] is None
    assert found["opschorting"] == {"indicatie": False, "reden": ""}
    assert found["processobject"] == PROCESSOBJECT


@pytest.mark.usefixtures("either_mode")
@pytest.mark.parametrize("half", [{"reden": "drukte", "duur": None}, {"reden": "", "duur": "P5D"}])
def test_half_a_verlenging_is_one(haarlem_api: ApiClient, catalogue: Catalogue, half: dict[str, Any]) -> None:
    url = haarlem_api.post(ZAKEN, catalogue.zaak()).json()["url"]
    with in_municipality(catalogue.municipality):
        Zaak.objects.update(verlenging_reden=half["reden"], verlenging_duur=half["duur"])
    assert haarlem_api.get(url).json()["verlenging"] == half


@pytest.mark.usefixtures("either_mode")
@pytest.mark.parametrize("unset", [None, UNSET])
def test_what_was_answered_can_be_sent_back(
    haarlem_api: ApiClient, catalogue: Catalogue, unset: dict[str, Any] | None
) -> None:
    made = haarlem_api.post(ZAKEN, catalogue.zaak(verlenging={"reden": "drukte", "duur": "P5D"})).json()
    changed = haarlem_api.put(made["url"], {**made, "verlenging": unset, "processobject": PROCESSOBJECT})
    assert changed.status_code == 200, changed.content
    assert changed.json()["verlenging"] in (None, UNSET)


def test_a_whole_group_of_empty_texts_is_not_set(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    sent = catalogue.zaak(verlenging={"reden": "", "duur": ""}, opschorting={"indicatie": "", "reden": ""})
    found = haarlem_api.post(ZAKEN, sent).json()
    assert (found["verlenging"], found["opschorting"]) == (None, {"indicatie": False, "reden": ""})


@pytest.mark.usefixtures("by_the_letter")
def test_by_the_letter_empty_texts_are_refused(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    sent = catalogue.zaak(verlenging={"reden": "", "duur": ""}, opschorting={"indicatie": "", "reden": ""})
    refused = violations(haarlem_api.post(ZAKEN, sent))
    assert [name for name, _ in refused] == ["verlenging.duur", "opschorting.indicatie"]


@pytest.mark.usefixtures("by_the_letter")
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


@pytest.mark.usefixtures("by_the_letter")
def test_null_unsets_a_group(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    made = haarlem_api.post(ZAKEN, catalogue.zaak(verlenging={"reden": "drukte", "duur": "P5D"})).json()
    assert made["verlenging"]["duur"] == "P5D"
    assert haarlem_api.patch(made["url"], {"verlenging": None}).json()["verlenging"]["duur"] is None
