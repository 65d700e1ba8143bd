"""What a client read it can send back: nothing changes by it, in either form of the answers."""

from __future__ import annotations

import pytest

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
