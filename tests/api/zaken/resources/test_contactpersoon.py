"""``contactpersoonRol`` of a rol, where there is one and where there is none."""

from __future__ import annotations

from typing import Any

import pytest

from api.zaken.models import Rol, Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ROLLEN, Catalogue

NOBODY = {"emailadres": "", "functie": "", "telefoonnummer": "", "naam": ""}
SOMEBODY = {"emailadres": "a@example.nl", "functie": "", "telefoonnummer": "", "naam": "A. de Boer"}


@pytest.mark.parametrize("given", [{}, {"contactpersoonRol": None}, {"contactpersoonRol": NOBODY}])
def test_for_open_zaak_the_contactpersoon_is_an_object(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak, given: dict[str, Any]
) -> None:
    made = haarlem_api.post(ROLLEN, catalogue.rol(zaak, **given))
    assert made.status_code == 201, made.content
    assert made.json()["contactpersoonRol"] == NOBODY
    with in_municipality(catalogue.municipality):
        assert Rol.objects.get().contactpersoon_rol is None


@pytest.mark.usefixtures("by_the_letter")
def test_by_the_letter_no_contactpersoon_is_null(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    for given in ({}, {"contactpersoonRol": NOBODY}):
        assert haarlem_api.post(ROLLEN, catalogue.rol(zaak, **given)).json()["contactpersoonRol"] is None


@pytest.mark.usefixtures("either_mode")
def test_half_of_one_has_a_name(haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak) -> None:
    refused = haarlem_api.post(ROLLEN, catalogue.rol(zaak, contactpersoonRol={**SOMEBODY, "naam": ""}))
    assert violations(refused) == [("contactpersoonRol.naam", "blank")]


@pytest.mark.usefixtures("either_mode")
def test_a_contactpersoon_is_answered_as_given(
    haarlem_api: ApiClient, catalogue: Catalogue, zaak: Zaak
) -> None:
    made = haarlem_api.post(ROLLEN, catalogue.rol(zaak, contactpersoonRol=SOMEBODY))
    assert made.json()["contactpersoonRol"] == SOMEBODY
