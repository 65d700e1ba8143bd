"""``beginObject`` and ``eindeObject``, over the resources that have them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from api.catalogi.objectdate import ObjectDate
from tenants.registry.context import in_municipality
from tests.api.modes import answering
from tests.api.requests import request_of
from tests.factories.by_model import factory_of
from tests.factories.everything import own_resources
from tests.isolation.square import House, undone

DATES = ("beginObject", "eindeObject")
RESOURCES = [
    pytest.param(resource, id=resource.noun)
    for resource in own_resources()
    if isinstance(resource.representation.members.get("beginObject"), ObjectDate)
]


def test_eight_resources_have_them() -> None:
    assert len(RESOURCES) == 8


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("einde", [date(2031, 12, 31), None])
def test_open_zaak_finds_them_over_all_versions(
    haarlem_house: House, resource: Any, einde: date | None
) -> None:
    with undone(), answering(haarlem_house.api, compatible=True):
        add_version(haarlem_house, resource, date(2001, 2, 3), date(2001, 12, 31))
        add_version(haarlem_house, resource, date(2031, 1, 1), einde)
        assert shown(haarlem_house, resource) == ["2001-02-03", einde and einde.isoformat()]


@pytest.mark.parametrize("resource", RESOURCES)
def test_another_type_does_not_count(haarlem_house: House, resource: Any) -> None:
    with undone(), answering(haarlem_house.api, compatible=True):
        before = shown(haarlem_house, resource)
        add_version(haarlem_house, resource, date(2001, 2, 3), None, name="Een ander type")
        assert shown(haarlem_house, resource) == before


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("sent", ["1999-01-01", None, "", "ooit"])
def test_open_zaak_takes_no_account_of_what_is_sent(haarlem_house: House, resource: Any, sent: Any) -> None:
    with undone(), answering(haarlem_house.api, compatible=True):
        before = shown(haarlem_house, resource)
        assert changed(haarlem_house, resource, sent) == (200, before)


@pytest.mark.parametrize("resource", RESOURCES)
def test_by_the_letter_they_are_what_the_client_says(haarlem_house: House, resource: Any) -> None:
    with undone(), answering(haarlem_house.api, compatible=False):
        assert shown(haarlem_house, resource) == [None, None]
        assert changed(haarlem_house, resource, "1999-01-01") == (200, ["1999-01-01", "1999-01-01"])


def add_version(
    house: House, resource: Any, begin: date, einde: date | None, *, name: str | None = None
) -> None:
    own = house[resource.model]
    own = getattr(own, "zaaktype", own)
    with in_municipality(house.api.municipality):
        factory_of(type(own)).create(
            catalogus=own.catalogus,
            begin_geldigheid=begin,
            einde_geldigheid=einde,
            **{known_by(own): name or getattr(own, known_by(own))},
        )


def known_by(own: Any) -> str:
    return "identificatie" if hasattr(own, "identificatie") else "omschrijving"


def shown(house: House, resource: Any) -> list[Any]:
    method, path = request_of(resource, "retrieve", house)
    answer = house.api.request(method.upper(), path).json()
    return [answer[name] for name in DATES]


def changed(house: House, resource: Any, sent: Any) -> tuple[int, list[Any]]:
    method, path = request_of(resource, "partial_update", house)
    answer = house.api.request(method.upper(), path, dict.fromkeys(DATES, sent))
    return answer.status_code, [answer.json()[name] for name in DATES]
