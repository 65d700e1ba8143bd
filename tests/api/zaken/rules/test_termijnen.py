"""When a zaak is to be done, where the client does not say it."""

from __future__ import annotations

from typing import Any

import pytest

from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
from tests.api.zaken.conftest import ZAKEN, Catalogue

Dates = tuple[str | None, str | None]
GIVEN = {"einddatumGepland": "2026-03-01", "uiterlijkeEinddatumAfdoening": "2026-04-01"}
EMPTY = dict.fromkeys(GIVEN)


@pytest.fixture
def with_terms(catalogue: Catalogue) -> Catalogue:
    with in_municipality(catalogue.municipality):
        type(catalogue.zaaktype).objects.update(servicenorm="P2W", doorlooptijd="P1M")
    return catalogue


def dates(zaak: dict[str, Any]) -> Dates:
    return zaak["einddatumGepland"], zaak["uiterlijkeEinddatumAfdoening"]


@pytest.mark.parametrize("left_out", [{}, EMPTY, dict.fromkeys(GIVEN, "")])
def test_open_zaak_reckons_them_by_the_zaaktype(
    haarlem_api: ApiClient, with_terms: Catalogue, left_out: dict[str, str | None]
) -> None:
    made = haarlem_api.post(ZAKEN, with_terms.zaak(startdatum="2026-01-31", **left_out)).json()
    assert dates(made) == ("2026-02-14", "2026-02-28")


@pytest.mark.usefixtures("either_mode")
def test_what_the_client_gives_counts(haarlem_api: ApiClient, with_terms: Catalogue) -> None:
    assert dates(haarlem_api.post(ZAKEN, with_terms.zaak(**GIVEN)).json()) == tuple(GIVEN.values())


@pytest.mark.usefixtures("either_mode")
def test_a_change_leaves_them_out_for_good(haarlem_api: ApiClient, with_terms: Catalogue) -> None:
    made = haarlem_api.post(ZAKEN, with_terms.zaak()).json()
    assert dates(haarlem_api.patch(made["url"], EMPTY).json()) == (None, None)


@pytest.mark.usefixtures("by_the_letter")
def test_by_the_letter_they_stay_empty(haarlem_api: ApiClient, with_terms: Catalogue) -> None:
    assert dates(haarlem_api.post(ZAKEN, with_terms.zaak()).json()) == (None, None)


def test_without_a_servicenorm_nothing_is_planned(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    made = haarlem_api.post(ZAKEN, catalogue.zaak(startdatum="2026-01-05")).json()
    assert dates(made) == (None, "2026-02-04")


def test_there_is_no_day_after_the_last(haarlem_api: ApiClient, with_terms: Catalogue) -> None:
    made = haarlem_api.post(ZAKEN, with_terms.zaak(startdatum="9999-12-31")).json()
    assert dates(made) == (None, None)
    with in_municipality(with_terms.municipality):
        assert Zaak.objects.count() == 1
