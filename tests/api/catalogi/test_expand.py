"""Related types in full, under ``_expand``, in the catalogue."""

from __future__ import annotations

import pytest

from api.pipeline.represent.expand import MAX_DEPTH, MAX_NODES
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, make, path_of
from tests.api.client import ApiClient
from tests.api.refusals import violations
from tests.factories.catalogi import StatustypeFactory, ZaaktypeFactory


@pytest.fixture
def path(haarlem: Municipality) -> str:
    """A published zaaktype with one statustype."""
    zaaktype = make(haarlem, ZaaktypeFactory, published=True)
    make(haarlem, StatustypeFactory, zaaktype=zaaktype)
    return path_of(zaaktype)


def test_every_step_of_a_path_is_expanded(haarlem_api: ApiClient, path: str) -> None:
    plain = haarlem_api.get(path).json()

    whole = haarlem_api.get(f"{path}?expand=statustypen.zaaktype.catalogus").json()

    (statustype,) = whole["_expand"]["statustypen"]
    assert statustype["url"] == plain["statustypen"][0]
    assert statustype["_expand"]["zaaktype"]["_expand"]["catalogus"]["url"] == plain["catalogus"]


def test_what_is_expanded_looks_as_it_does_by_itself(haarlem_api: ApiClient, path: str) -> None:
    whole = haarlem_api.get(f"{path}?expand=statustypen").json()

    assert whole["_expand"]["statustypen"] == [haarlem_api.get(whole["statustypen"][0]).json()]


def test_the_rest_stays_as_it_was(haarlem_api: ApiClient, path: str) -> None:
    whole = haarlem_api.get(f"{path}?expand=statustypen,catalogus").json()
    expanded = whole.pop("_expand")

    assert whole == haarlem_api.get(path).json()
    assert set(expanded) == {"statustypen", "catalogus"}


def test_a_relation_that_is_empty_is_an_empty_list(haarlem_api: ApiClient, path: str) -> None:
    expanded = haarlem_api.get(f"{path}?expand=roltypen,besluittypen,deelzaaktypen").json()["_expand"]

    assert expanded == {"roltypen": [], "besluittypen": [], "deelzaaktypen": []}


def test_a_list_expands_as_a_single_object_does(haarlem_api: ApiClient, path: str) -> None:
    query = "?expand=statustypen,resultaattypen"

    (listed,) = haarlem_api.get(f"{ROOT}/zaaktypen{query}").json()["results"]

    assert listed == haarlem_api.get(f"{path}{query}").json()


@pytest.mark.parametrize("expand", ["kleuren", "statustypen.kleuren", "identificatie", "url", ".", "a,,b"])
def test_a_step_that_leads_nowhere_is_not_found(haarlem_api: ApiClient, path: str, expand: str) -> None:
    assert haarlem_api.get(f"{path}?expand={expand}").status_code == 404


def test_deeper_than_the_limit_is_refused(haarlem_api: ApiClient, path: str) -> None:
    lists = ("statustypen", "roltypen", "resultaattypen", "eigenschappen")
    steps = [step for name in lists for step in (name, "zaaktype")]

    assert haarlem_api.get(f"{path}?expand={'.'.join(steps[:MAX_DEPTH])}").status_code == 200
    refused = haarlem_api.get(f"{path}?expand={'.'.join(steps[: MAX_DEPTH + 1])}")
    assert violations(refused) == [("expand", "max_length")]


def test_more_than_the_limit_is_refused(haarlem_api: ApiClient, path: str) -> None:
    first = ["statustypen", "roltypen", "resultaattypen", "eigenschappen", "zaakobjecttypen"]
    below = ["statustypen", "roltypen", "resultaattypen", "eigenschappen", "catalogus"]
    wide = [f"{one}.zaaktype.{other}" for one in first for other in below if other != one]

    assert len(first) * 2 + len(wide) <= MAX_NODES
    assert haarlem_api.get(f"{path}?expand={','.join(wide)}").status_code == 200
    more = [f"{one}.catalogus.{other}" for one in first for other in ("zaaktypen", "besluittypen")]
    assert violations(haarlem_api.get(f"{path}?expand={','.join([*wide, *more])}")) == [
        ("expand", "max_length")
    ]
