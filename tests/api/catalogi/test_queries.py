"""A list costs the same whether it holds one zaaktype or three hundred."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT
from tests.api.client import ApiClient
from tests.factories.catalogi import CatalogusFactory, RoltypeFactory, StatustypeFactory, ZaaktypeFactory


@pytest.fixture(params=[1, 300])
def count(request: pytest.FixtureRequest, haarlem: Municipality) -> int:
    """So many zaaktypen, each with a statustype and a roltype."""
    with in_municipality(haarlem):
        catalogus = CatalogusFactory.create()
        for zaaktype in ZaaktypeFactory.create_batch(request.param, catalogus=catalogus, published=True):
            StatustypeFactory.create(zaaktype=zaaktype, volgnummer=1)
            RoltypeFactory.create(zaaktype=zaaktype)
    return int(request.param)


@pytest.mark.parametrize(
    ("query", "most"),
    [("", 4), ("&datumGeldigheid=2026-01-01", 4), ("&expand=statustypen.zaaktype,roltypen,catalogus", 5)],
)
def test_list_zaaktypen(haarlem_api: ApiClient, count: int, query: str, most: int) -> None:
    with CaptureQueriesContext(connection) as captured:
        answer = haarlem_api.get(f"{ROOT}/zaaktypen?pageSize=500{query}").json()

    assert (answer["count"], len(answer["results"])) == (count, count)
    assert len(captured) <= most, [one["sql"][:200] for one in captured.captured_queries]


def test_a_single_zaaktype(haarlem_api: ApiClient, count: int) -> None:
    url = haarlem_api.get(f"{ROOT}/zaaktypen").json()["results"][0]["url"]

    with CaptureQueriesContext(connection) as captured:
        haarlem_api.get(f"{url}?expand=statustypen,roltypen,catalogus")

    assert len(captured) <= 3, [one["sql"][:200] for one in captured.captured_queries]
