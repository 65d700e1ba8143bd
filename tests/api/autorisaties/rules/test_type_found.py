"""An autorisatie is about a type of its component that is here, or elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from api.catalogi.models import Zaaktype
from tenants.registry.context import in_municipality
from tests.api.autorisaties.conftest import APPLICATIES, applicatie
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import ZaaktypeFactory

TYPEN = "/catalogi/api/v1"
NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def zaaktype(haarlem_api: ApiClient) -> Zaaktype:
    with in_municipality(haarlem_api.municipality):
        return ZaaktypeFactory.create(published=True)


def on(url: str) -> dict[str, Any]:
    return {
        "component": "zrc",
        "scopes": ["zaken.lezen"],
        "zaaktype": url,
        "maxVertrouwelijkheidaanduiding": "geheim",
    }


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/catalogi/api/v1/statustypen/{}", "invalid-resource"),
        ("/zaken/api/v1/zaken/{}", "invalid-resource"),
        (f"/catalogi/api/v1/zaaktypen/{NOWHERE}", "bad-url"),
        ("/catalogi/api/v1/zaaktype/{}", "bad-url"),
        ("/", "bad-url"),
    ],
)
def test_what_is_no_zaaktype_here(haarlem_api: ApiClient, zaaktype: Zaaktype, path: str, code: str) -> None:
    good = on(haarlem_api.url(f"{TYPEN}/zaaktypen/{zaaktype.pk}"))
    bad = on(haarlem_api.url(path.format(zaaktype.pk)))
    answer = haarlem_api.post(APPLICATIES, applicatie(autorisaties=[good, bad]))
    assert violations(answer) == [("autorisaties.1.zaaktype", code)]


def test_a_zaaktype_here(haarlem_api: ApiClient, zaaktype: Zaaktype) -> None:
    given = on(haarlem_api.url(f"{TYPEN}/zaaktypen/{zaaktype.pk}"))
    assert haarlem_api.post(APPLICATIES, applicatie(autorisaties=[given])).status_code == 201


def test_one_of_another_component(haarlem_api: ApiClient, zaaktype: Zaaktype) -> None:
    url = haarlem_api.url(f"{TYPEN}/zaaktypen/{zaaktype.pk}")
    given = {"component": "brc", "scopes": ["besluiten.lezen"], "besluittype": url}
    answer = haarlem_api.post(APPLICATIES, applicatie(autorisaties=[given]))
    assert violations(answer) == [("autorisaties.0.besluittype", "invalid-resource")]


def test_one_elsewhere_is_taken_as_it_is(haarlem_api: ApiClient) -> None:
    given = on(f"https://elders.example.nl{TYPEN}/statustypen/{NOWHERE}")
    assert haarlem_api.post(APPLICATIES, applicatie(autorisaties=[given])).status_code == 201


def test_what_was_read_can_be_put_back_when_the_type_is_gone(
    haarlem_api: ApiClient, zaaktype: Zaaktype
) -> None:
    given = on(haarlem_api.url(f"{TYPEN}/zaaktypen/{zaaktype.pk}"))
    made = haarlem_api.post(APPLICATIES, applicatie(autorisaties=[given])).json()
    with in_municipality(haarlem_api.municipality):
        zaaktype.delete()
    assert haarlem_api.put(made["url"], made).status_code == 200
