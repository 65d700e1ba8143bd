"""A whole catalogue that is read and put back is what it was, whatever its names lead to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tenants.registry.models import Municipality
from tests.api.catalogi.exchange.contents import rich_catalogus, shown
from tests.api.client import ApiClient

ONLY_NAMES = ("besluittypeOmschrijving", "deelzaaktypeIdentificaties", "informatieobjecttypeOmschrijving")


def put_back(api: ApiClient, objects: dict[str, Any]) -> dict[str, Any]:
    """What is answered to those that are refused."""
    answers = {
        url: api.put(
            url.removeprefix("HOST"), json.loads(json.dumps(read).replace("HOST", f"http://{api.host}"))
        )
        for url, read in objects.items()
    }
    return {url: answer.json() for url, answer in answers.items() if answer.status_code != 200}


def in_any_order(objects: dict[str, Any]) -> dict[str, Any]:
    """A list of URLs does not tell in which order the names were given."""
    return {
        url: {name: sorted(value) if name in ONLY_NAMES else value for name, value in each.items()}
        for url, each in objects.items()
    }


def test_nothing_is_lost(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    rich_catalogus(haarlem)
    before = shown(haarlem_api)

    assert put_back(haarlem_api, before) == {}
    assert shown(haarlem_api) == before


@pytest.mark.usefixtures("by_the_letter")
def test_nothing_is_lost_by_the_letter(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    rich_catalogus(haarlem)
    before = shown(haarlem_api)

    assert put_back(haarlem_api, before) == {}
    assert shown(haarlem_api) == before


def test_a_client_that_knows_urls_alone_loses_nothing(haarlem: Municipality, haarlem_api: ApiClient) -> None:
    rich_catalogus(haarlem)
    before = shown(haarlem_api)
    known = {
        url: {name: value for name, value in each.items() if name not in ONLY_NAMES}
        for url, each in before.items()
    }

    assert put_back(haarlem_api, known) == {}
    assert in_any_order(shown(haarlem_api)) == in_any_order(before)
