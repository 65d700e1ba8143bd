"""zrc-010: a communicatiekanaal is found where its URL says."""

from __future__ import annotations

import pytest

from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.api.zaken.conftest import ZAKEN, Catalogue

TELEFONISCH = "2b757868-45c2-42ca-b637-b63ddc87beb4"


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


@pytest.mark.parametrize("host", ["referentielijsten-api.vng.cloud", "selectielijst.openzaak.nl"])
def test_one_of_a_public_server_is_found_here(
    haarlem_api: ApiClient, catalogue: Catalogue, host: str
) -> None:
    url = f"https://{host}/api/v1/communicatiekanalen/{TELEFONISCH}"
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(communicatiekanaal=url))
    assert answer.json()["communicatiekanaal"] == url


def test_one_of_our_own_list(haarlem_api: ApiClient, catalogue: Catalogue) -> None:
    url = haarlem_api.url(f"/selectielijst/api/v1/communicatiekanalen/{TELEFONISCH}")
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(communicatiekanaal=url))
    assert answer.json()["communicatiekanaal"] == url


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("communicatiekanalen/00000000-0000-4000-8000-000000000000", "bad-url"),
        ("procestypen/e1b73b12-b2f6-4c4e-8929-94f84dd2a57d", "invalid-resource"),
    ],
)
def test_what_a_public_server_has_not_or_otherwise(
    haarlem_api: ApiClient, catalogue: Catalogue, path: str, code: str
) -> None:
    url = f"https://referentielijsten-api.vng.cloud/api/v1/{path}"
    answer = haarlem_api.post(ZAKEN, catalogue.zaak(communicatiekanaal=url))
    assert violations(answer) == [("communicatiekanaal", code)]
