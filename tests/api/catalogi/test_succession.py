"""Publishing a new version ends the running one where the client asks for that, and only then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from factory.django import DjangoModelFactory

from api.catalogi.models import Zaaktype
from api.records.models import OutboxMessage
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import fetch, make, nothing_written, path_of
from tests.api.client import ApiClient, api_with_rights, right
from tests.api.refusals import violations
from tests.factories.catalogi import BesluittypeFactory, InformatieobjecttypeFactory, ZaaktypeFactory

MAIN_TYPES = [ZaaktypeFactory, InformatieobjecttypeFactory, BesluittypeFactory]
OVERLAP = [("beginGeldigheid", "overlap")]
DAY_BEFORE = date(2029, 12, 31)


def versioned(api: ApiClient, path: str) -> str:
    """The path of a new version that begins in 2030."""
    url: str = api.post(f"{path}/versie", {"beginGeldigheid": "2030-01-01"}).json()["url"]
    return url.removeprefix(api.url(""))


@pytest.fixture
def running(haarlem: Municipality) -> Zaaktype:
    return make(haarlem, ZaaktypeFactory, published=True)


def test_unasked_nothing_ends(haarlem: Municipality, haarlem_api: ApiClient, running: Zaaktype) -> None:
    path = versioned(haarlem_api, path_of(running))

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(f"{path}/publish")) == OVERLAP
        assert violations(haarlem_api.post(f"{path}/publish?vorigeVersieBeeindigen=false")) == OVERLAP


@pytest.mark.parametrize("factory", MAIN_TYPES)
def test_asked_the_running_one_ends_the_day_before(
    haarlem: Municipality, factory: type[DjangoModelFactory[Any]]
) -> None:
    writer = api_with_rights(haarlem, right("ztc", ["catalogi.lezen", "catalogi.schrijven"]))
    running = make(haarlem, factory, published=True)
    path = versioned(writer, path_of(running))

    published = writer.post(f"{path}/publish?vorigeVersieBeeindigen=true")

    assert (published.status_code, published.json()["concept"]) == (200, False)
    assert fetch(haarlem, running).einde_geldigheid == DAY_BEFORE


def test_subscribers_hear_of_both(haarlem: Municipality, haarlem_api: ApiClient, running: Zaaktype) -> None:
    path = versioned(haarlem_api, path_of(running))
    haarlem_api.post(f"{path}/publish?vorigeVersieBeeindigen=true")

    with in_municipality(haarlem):
        told = [(m.actie, m.hoofd_object) for m in OutboxMessage.objects.order_by("pk")][1:]
    assert told == [
        ("partial_update", f"zaakplein:{path_of(running)}"),
        ("publish", f"zaakplein:{path}"),
    ]


def test_a_version_that_had_ended_keeps_its_end(
    haarlem: Municipality, haarlem_api: ApiClient, running: Zaaktype
) -> None:
    haarlem_api.patch(path_of(running), {"eindeGeldigheid": "2028-06-30"})

    published = haarlem_api.post(
        f"{versioned(haarlem_api, path_of(running))}/publish?vorigeVersieBeeindigen=true"
    )

    assert published.status_code == 200
    assert fetch(haarlem, running).einde_geldigheid == date(2028, 6, 30)


def test_other_types_go_on(haarlem: Municipality, haarlem_api: ApiClient, running: Zaaktype) -> None:
    other = make(haarlem, ZaaktypeFactory, published=True, catalogus=running.catalogus)
    elsewhere = make(haarlem, ZaaktypeFactory, published=True, identificatie=running.identificatie)

    haarlem_api.post(f"{versioned(haarlem_api, path_of(running))}/publish?vorigeVersieBeeindigen=true")

    assert [fetch(haarlem, each).einde_geldigheid for each in (other, elsewhere)] == [None, None]


def test_where_publishing_is_refused_nothing_ends(
    haarlem: Municipality, haarlem_api: ApiClient, running: Zaaktype
) -> None:
    path = versioned(haarlem_api, path_of(running))
    # one that begins later still overlaps, and is not the previous one
    haarlem_api.patch(path_of(running), {"eindeGeldigheid": "2030-12-31"})
    later: dict[str, Any] = {"catalogus": running.catalogus, "identificatie": running.identificatie}
    make(haarlem, ZaaktypeFactory, published=True, begin_geldigheid=date(2031, 1, 1), **later)

    with nothing_written(haarlem):
        assert violations(haarlem_api.post(f"{path}/publish?vorigeVersieBeeindigen=true")) == OVERLAP


def test_publishing_again_ends_nothing(
    haarlem: Municipality, haarlem_api: ApiClient, running: Zaaktype
) -> None:
    earlier: dict[str, Any] = {"catalogus": running.catalogus, "omschrijving": "Foto", "published": True}
    first = make(haarlem, InformatieobjecttypeFactory, **earlier)
    second = make(haarlem, InformatieobjecttypeFactory, begin_geldigheid=date(2025, 1, 1), **earlier)

    haarlem_api.post(f"{path_of(second)}/publish?vorigeVersieBeeindigen=true")

    assert fetch(haarlem, first).einde_geldigheid is None


def test_what_is_no_yes_or_no_is_refused(
    haarlem: Municipality, haarlem_api: ApiClient, running: Zaaktype
) -> None:
    path = versioned(haarlem_api, path_of(running))

    with nothing_written(haarlem):
        refused = haarlem_api.post(f"{path}/publish?vorigeVersieBeeindigen=misschien")
    assert violations(refused) == [("vorigeVersieBeeindigen", "invalid")]
