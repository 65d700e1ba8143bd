"""A catalogus has a valid RSIN, and is the only one of its domein."""

from __future__ import annotations

import pytest

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, catalogus_body, make, nothing_written, path_of
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import CatalogusFactory

CATALOGUSSEN = f"{ROOT}/catalogussen"
TAKEN = [("nonFieldErrors", "unique")]


@pytest.mark.parametrize("rsin", ["517439944", "12345678", "51743994X"])
def test_a_number_that_is_no_rsin_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, rsin: str
) -> None:
    with nothing_written(haarlem):
        refused = violations(haarlem_api.post(CATALOGUSSEN, catalogus_body(rsin=rsin)))
    assert {name for name, _ in refused} == {"rsin"}


@pytest.mark.usefixtures("either_mode")
def test_nine_zeros_are_taken_and_found(haarlem_api: ApiClient) -> None:
    assert haarlem_api.post(CATALOGUSSEN, catalogus_body(rsin="000000000")).status_code == 201
    assert haarlem_api.get(f"{CATALOGUSSEN}?rsin=000000000").json()["count"] == 1


def test_a_change_to_no_rsin_is_refused(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    path = path_of(make(haarlem, CatalogusFactory))

    with nothing_written(haarlem):
        assert haarlem_api.patch(path, {"rsin": "517439944"}).status_code == 400


def test_a_second_catalogus_of_a_domein_is_refused(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    first = make(haarlem, CatalogusFactory)
    body = catalogus_body(domein=first.domein, rsin=first.rsin)

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(CATALOGUSSEN, body)) == TAKEN


def test_a_change_to_a_domein_that_is_taken_is_refused(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    first, second = make(haarlem, CatalogusFactory), make(haarlem, CatalogusFactory)

    with nothing_written(haarlem):
        assert violations(haarlem_api.patch(path_of(second), {"domein": first.domein})) == TAKEN


def test_another_organisation_may_have_that_domein(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    first = make(haarlem, CatalogusFactory)
    body = catalogus_body(domein=first.domein, rsin="002220647")

    assert haarlem_api.post(CATALOGUSSEN, body).status_code == 201
