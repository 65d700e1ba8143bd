"""zrc-010: a communicatiekanaal is found where its URL says."""

from __future__ import annotations

import pytest

from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue


def test_one_that_is_found(haarlem_api: ApiClient, catalogue: Catalogue, elsewhere: str) -> None:
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(communicatiekanaal=f"{elsewhere}/kanaal"))
    assert answer.json()["communicatiekanaal"] == f"{elsewhere}/kanaal"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/gone", "bad-url"),
        ("/half", "invalid-resource"),
        ("/empty", "invalid-resource"),
        ("/text", "invalid-resource"),
    ],
)
def test_one_that_is_not(
    haarlem_api: ApiClient, catalogue: Catalogue, elsewhere: str, path: str, code: str
) -> None:
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(communicatiekanaal=elsewhere + path))
    assert violations(answer) == [("communicatiekanaal", code)]
    with in_municipality(catalogue.municipality):
        assert Zaak.objects.count() == 0


def test_a_private_address_is_not_reached(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(communicatiekanaal="http://127.0.0.1:1/kanaal"))
    assert violations(answer) == [("communicatiekanaal", "bad-url")]
