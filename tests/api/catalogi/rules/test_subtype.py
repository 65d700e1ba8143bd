"""A sub-type agrees with its zaaktype where it repeats it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tenants.registry.models import Municipality
from tests.api.catalogi import cast
from tests.api.catalogi.cast import ROOT, make, nothing_written, path_of
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import RoltypeFactory

WITH_CATALOGUS: list[tuple[str, Callable[..., dict[str, Any]]]] = [
    ("roltypen", cast.roltype_body),
    ("resultaattypen", cast.resultaattype_body),
    ("zaakobjecttypen", cast.zaakobjecttype_body),
]


@pytest.mark.parametrize(("path", "body"), WITH_CATALOGUS)
def test_another_catalogus_is_refused(
    haarlem: Municipality,
    haarlem_api: ApiClient,
    catalogus_url: str,
    zaaktype_url: str,
    path: str,
    body: Callable[..., dict[str, Any]],
) -> None:
    with nothing_written(haarlem):
        refused = haarlem_api.post(f"{ROOT}/{path}", body(zaaktype_url, catalogus=catalogus_url))
    assert violations(refused) == [("catalogus", "relations-incorrect-catalogus")]


@pytest.mark.parametrize(("path", "body"), WITH_CATALOGUS)
@pytest.mark.parametrize("given", ["its own", None])
def test_its_own_catalogus_or_none_is_taken(
    haarlem_api: ApiClient,
    zaaktype_url: str,
    path: str,
    body: Callable[..., dict[str, Any]],
    given: str | None,
) -> None:
    own = haarlem_api.get(zaaktype_url).json()["catalogus"]

    made = haarlem_api.post(f"{ROOT}/{path}", body(zaaktype_url, catalogus=own if given else None))

    assert made.json()["catalogus"] == own


DATES = {"beginGeldigheid": "2024-06-01", "eindeGeldigheid": "2025-06-01"}
SUBTYPES: list[tuple[str, Callable[..., dict[str, Any]]]] = [
    *WITH_CATALOGUS,
    ("statustypen", cast.statustype_body),
    ("eigenschappen", cast.eigenschap_body),
]


@pytest.mark.parametrize(("path", "body"), SUBTYPES)
def test_open_zaak_takes_other_dates(
    haarlem_api: ApiClient, zaaktype_url: str, path: str, body: Callable[..., dict[str, Any]]
) -> None:
    made = haarlem_api.post(f"{ROOT}/{path}", body(zaaktype_url, **DATES))

    assert made.status_code == 201, made.content
    assert made.json().items() >= DATES.items()


def test_but_not_reversed(haarlem: Municipality, haarlem_api: ApiClient, zaaktype_url: str) -> None:
    body = cast.roltype_body(zaaktype_url, beginGeldigheid="2025-06-02", eindeGeldigheid="2025-06-01")

    with nothing_written(haarlem):
        refused = violations(haarlem_api.post(f"{ROOT}/roltypen", body))
    assert refused == [("eindeGeldigheid", "date-mismatch")]


@pytest.mark.usefixtures("by_the_letter")
@pytest.mark.parametrize("name", ["beginGeldigheid", "eindeGeldigheid"])
def test_another_date_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, zaaktype_url: str, name: str
) -> None:
    body = cast.roltype_body(zaaktype_url, **{name: "2024-06-01"})

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(f"{ROOT}/roltypen", body)) == [(name, "date-mismatch")]


def test_without_a_date_it_shows_that_of_its_zaaktype(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    roltype = make(haarlem, RoltypeFactory)

    shown = haarlem_api.get(path_of(roltype)).json()

    assert (shown["beginGeldigheid"], shown["eindeGeldigheid"]) == ("2024-01-01", None)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_changed_dates_are_in_order(haarlem: Municipality, haarlem_api: ApiClient, method: str) -> None:
    roltype = make(haarlem, RoltypeFactory)
    shown = haarlem_api.get(path_of(roltype)).json()

    with nothing_written(haarlem):
        refused = haarlem_api.request(method, path_of(roltype), {**shown, "eindeGeldigheid": "2023-12-31"})

    assert violations(refused) == [("eindeGeldigheid", "date-mismatch")]
