"""A version does not end before it begins."""

from __future__ import annotations

from typing import Any

import pytest
from factory.django import DjangoModelFactory

from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of, zaaktype_body
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import BesluittypeFactory, InformatieobjecttypeFactory, ZaaktypeFactory

REFUSED = [("eindeGeldigheid", "date-mismatch")]


def test_a_new_version_that_ends_first_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, catalogus_url: str
) -> None:
    body = zaaktype_body(catalogus_url, beginGeldigheid="2024-01-02", eindeGeldigheid="2024-01-01")

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(f"{ROOT}/zaaktypen", body)) == REFUSED


@pytest.mark.parametrize("factory", [ZaaktypeFactory, InformatieobjecttypeFactory, BesluittypeFactory])
def test_an_end_before_the_begin_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, factory: type[DjangoModelFactory[Any]]
) -> None:
    path = path_of(make(haarlem, factory))

    with nothing_written(haarlem):
        assert violations(haarlem_api.patch(path, {"eindeGeldigheid": "2023-12-31"})) == REFUSED


def test_a_single_day_is_a_version(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    path = path_of(make(haarlem, ZaaktypeFactory))

    assert haarlem_api.patch(path, {"eindeGeldigheid": "2024-01-01"}).status_code == 200
