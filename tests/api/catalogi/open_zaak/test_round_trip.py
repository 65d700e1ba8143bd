"""What a client read it can send back: nothing changes by it, in either form of the answers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.catalogi.cast import zaaktype_body
from tests.api.catalogi.open_zaak.conftest import Places
from tests.api.catalogi.open_zaak.recorded import body, collection, names, target
from tests.api.client import ApiClient


@pytest.mark.parametrize("name", names("put"))
def test_what_was_read_can_be_put(haarlem_api: ApiClient, places: Places, name: str) -> None:
    url = target(name, places)
    assert haarlem_api.put(url, body(name, "put", places)).status_code == 200
    read = haarlem_api.get(url).json()

    answer = haarlem_api.put(url, read)

    assert (answer.status_code, answer.json()) == (200, read)


@pytest.mark.usefixtures("by_the_letter")
@pytest.mark.parametrize("name", names("put"))
def test_what_was_read_by_the_letter_can_be_put(haarlem_api: ApiClient, places: Places, name: str) -> None:
    url = target(name, places)
    assert haarlem_api.put(url, body(name, "put", places)).status_code == 200
    read = haarlem_api.get(url).json()

    answer = haarlem_api.put(url, read)

    assert (answer.status_code, answer.json()) == (200, read)


@pytest.mark.parametrize("name", names("put"))
def test_a_row_without_anything_optional_can_be_put(
    haarlem_api: ApiClient, places: Places, name: str
) -> None:
    url = target(name, places)
    read = haarlem_api.get(url).json()

    answer = haarlem_api.put(url, read)

    assert (answer.status_code, answer.json()) == (200, read)


@pytest.mark.parametrize("name", [name for name in names("put") if name not in {"catalogus", "applicatie"}])
def test_what_was_made_can_be_put(haarlem_api: ApiClient, places: Places, name: str) -> None:
    made = haarlem_api.post(collection(name), body(name, "post", places)).json()

    answer = haarlem_api.put(made["url"], made)

    assert (answer.status_code, answer.json()) == (200, made)


UNRESOLVED = {
    "besluittypen": ["Vergunning", "Nog te maken"],
    "deelzaaktypen": ["LATER", "ADVIES"],
    "gerelateerdeZaaktypen": [
        {"zaaktype": "LATER", "aardRelatie": "vervolg", "toelichting": ""},
        {"zaaktype": "TOEZICHT", "aardRelatie": "bijdrage", "toelichting": ""},
    ],
}
"""Names of which some have no valid version, and so show no URL."""


@pytest.fixture
def unresolved(haarlem_api: ApiClient, places: Places) -> dict[str, Any]:
    """A zaaktype as it is read."""
    sent = zaaktype_body(places["catalogus"], identificatie="NIEUW", **UNRESOLVED)
    made: dict[str, Any] = haarlem_api.post(collection("zaaktype"), sent).json()
    assert made["besluittypen"] == [places["besluittype"]]
    assert [each["zaaktype"] for each in made["gerelateerdeZaaktypen"]] == [None, places["gerelateerd"]]
    return made


def test_names_without_a_valid_version_survive(haarlem_api: ApiClient, unresolved: dict[str, Any]) -> None:
    answer = haarlem_api.put(unresolved["url"], unresolved)

    assert (answer.status_code, answer.json()) == (200, unresolved)


def test_a_url_that_is_left_out_is_dropped(haarlem_api: ApiClient, unresolved: dict[str, Any]) -> None:
    answer = haarlem_api.put(unresolved["url"], {**unresolved, "besluittypen": []}).json()

    assert (answer["besluittypen"], answer["besluittypeOmschrijving"]) == ([], ["Nog te maken"])


def test_names_that_are_not_sent_back_are_dropped(haarlem_api: ApiClient, unresolved: dict[str, Any]) -> None:
    answer = haarlem_api.patch(unresolved["url"], {"besluittypen": unresolved["besluittypen"]}).json()

    assert answer["besluittypeOmschrijving"] == ["Vergunning"]


def test_a_name_that_was_not_there_is_not_taken_from_what_is_shown(
    haarlem_api: ApiClient, unresolved: dict[str, Any]
) -> None:
    sent = {"deelzaaktypen": [], "deelzaaktypeIdentificaties": ["LATER", "NOOIT GEWEEST", 1]}

    answer = haarlem_api.patch(unresolved["url"], sent).json()

    assert answer["deelzaaktypeIdentificaties"] == ["LATER"]
