"""``eigenschappen`` of a statustype, written from either side."""

from __future__ import annotations

import pytest

from api.catalogi.models import Eigenschap, Statustype, Zaaktype
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT, fetch, make, nothing_written, path_of, statustype_body
from tests.api.client import ApiClient, api_with_rights, right
from tests.api.refusals import violations
from tests.factories.catalogi import EigenschapFactory, StatustypeFactory

ABSENT = f"{ROOT}/eigenschappen/00000000-0000-4000-8000-000000000000"


@pytest.fixture
def statustype(haarlem: Municipality) -> Statustype:
    return make(haarlem, StatustypeFactory)


@pytest.fixture
def asked(haarlem: Municipality, statustype: Statustype) -> Eigenschap:
    """One that the statustype asks for."""
    return make(haarlem, EigenschapFactory, zaaktype=statustype.zaaktype, statustype=statustype)


@pytest.fixture
def other(haarlem: Municipality, statustype: Statustype) -> Eigenschap:
    """One of the same zaaktype that no statustype asks for."""
    return make(haarlem, EigenschapFactory, zaaktype=statustype.zaaktype, naam="Tweede")


def test_it_is_made_with_them(haarlem_api: ApiClient, statustype: Statustype, other: Eigenschap) -> None:
    url = haarlem_api.url(path_of(other))
    body = statustype_body(haarlem_api.url(path_of(statustype.zaaktype)), volgnummer=2, eigenschappen=[url])

    made = haarlem_api.post(f"{ROOT}/statustypen", body).json()

    assert made["eigenschappen"] == [url]
    assert haarlem_api.get(url).json()["statustype"] == made["url"]


def test_a_list_replaces_what_was_asked(
    haarlem_api: ApiClient, statustype: Statustype, asked: Eigenschap, other: Eigenschap
) -> None:
    url = haarlem_api.url(path_of(other))

    changed = haarlem_api.patch(path_of(statustype), {"eigenschappen": [url, None, url]})

    assert changed.json()["eigenschappen"] == [url]
    assert haarlem_api.get(path_of(asked)).json()["statustype"] is None


def test_it_takes_one_over_from_another_statustype(
    haarlem: Municipality, haarlem_api: ApiClient, statustype: Statustype, asked: Eigenschap
) -> None:
    later = make(haarlem, StatustypeFactory, zaaktype=statustype.zaaktype)

    haarlem_api.patch(path_of(later), {"eigenschappen": [haarlem_api.url(path_of(asked))]})

    assert fetch(haarlem, asked).statustype_id == later.pk


def test_left_out_it_stays(
    haarlem: Municipality, haarlem_api: ApiClient, statustype: Statustype, asked: Eigenschap
) -> None:
    body = statustype_body(haarlem_api.url(path_of(statustype.zaaktype)))

    assert haarlem_api.put(path_of(statustype), body).status_code == 200
    assert fetch(haarlem, asked).statustype_id == statustype.pk


def test_what_was_read_can_be_sent_back(
    haarlem_api: ApiClient, statustype: Statustype, asked: Eigenschap
) -> None:
    shown = haarlem_api.get(path_of(statustype)).json()

    assert haarlem_api.put(path_of(statustype), shown).json() == shown


def test_one_of_another_zaaktype_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, statustype: Statustype
) -> None:
    elsewhere = haarlem_api.url(path_of(make(haarlem, EigenschapFactory)))

    with nothing_written(haarlem):
        refused = haarlem_api.patch(path_of(statustype), {"eigenschappen": [elsewhere]})
    assert violations(refused) == [("eigenschappen.0", "relations-incorrect-zaaktype")]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (["geen url"], ("eigenschappen.0", "bad-url")),
        ([f"http://haarlem.localhost{ABSENT}"], ("eigenschappen.0", "bad-url")),
        ([17], ("eigenschappen.0", "bad-url")),
        (f"http://haarlem.localhost{ABSENT}", ("eigenschappen", "not_a_list")),
        (None, ("eigenschappen", "null")),
    ],
)
def test_what_is_no_eigenschap_is_refused(
    haarlem: Municipality,
    haarlem_api: ApiClient,
    statustype: Statustype,
    value: object,
    found: tuple[str, str],
) -> None:
    with nothing_written(haarlem):
        refused = haarlem_api.patch(path_of(statustype), {"eigenschappen": value})
    assert violations(refused) == [found]


def test_of_a_published_zaaktype_it_is_fixed(
    haarlem: Municipality, statustype: Statustype, other: Eigenschap
) -> None:
    with in_municipality(haarlem):
        Zaaktype.objects.update(concept=False)
    writer = api_with_rights(haarlem, right("ztc", ["catalogi.lezen", "catalogi.schrijven"]))

    with nothing_written(haarlem):
        refused = writer.patch(path_of(statustype), {"eigenschappen": [writer.url(path_of(other))]})
    assert violations(refused) == [("nonFieldErrors", "non-concept-zaaktype")]


def test_an_eigenschap_names_a_statustype_of_its_own_zaaktype(
    haarlem: Municipality, haarlem_api: ApiClient, other: Eigenschap
) -> None:
    elsewhere = haarlem_api.url(path_of(make(haarlem, StatustypeFactory)))

    with nothing_written(haarlem):
        refused = haarlem_api.patch(path_of(other), {"statustype": elsewhere})
    assert violations(refused) == [("statustype", "relations-incorrect-zaaktype")]
