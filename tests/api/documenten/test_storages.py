"""A document is taken in and given out alike wherever its municipality keeps contents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.request import urlopen

import pytest
from pytest_django import Settings
from structlog.testing import capture_logs

from api.documenten.models import Inhoud, VerlatenInhoud
from api.documenten.moving import carry
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient, Response
from tests.api.documenten.conftest import BYTES, DOCUMENTEN, Archive
from tests.objects import in_bucket

ACCEL = "X-Accel-Redirect"


@pytest.fixture
def kept_in(stored_in: dict[str, Any], archive: Archive) -> Callable[..., Archive]:
    """The archive, of a municipality whose new contents go there."""

    def keeping(alias: str, *, signed: bool = False) -> Archive:
        Municipality.objects.filter(pk=archive.municipality.pk).update(storage=alias, signed_downloads=signed)
        return archive

    return keeping


def download(archive: Archive, url: str, api: ApiClient | None = None) -> Response:
    return (api or archive.api).get(f"{url}/download")


@pytest.mark.parametrize("alias", ["archief", "objecten"])
def test_content_lies_where_the_municipality_says(kept_in: Callable[..., Archive], alias: str) -> None:
    archive = kept_in(alias)
    url = archive.stored()["url"]

    assert archive.content(url) == BYTES
    assert archive.row(url).inhoud.opslag == alias  # type: ignore[union-attr]  # it has content
    assert download(archive, url)[ACCEL].startswith(f"/_opslag/{alias}/")


def test_parts_are_put_together_in_a_bucket(kept_in: Callable[..., Archive]) -> None:
    archive = kept_in("objecten")
    made = archive.made(bestandsomvang=len(BYTES))
    for part in made["bestandsdelen"]:
        assert archive.part(part["url"], BYTES, part["lock"]).status_code == 200
    lock = made["bestandsdelen"][0]["lock"]
    assert archive.api.post(f"{made['url']}/unlock", {"lock": lock}).status_code == 204

    assert archive.content(made["url"]) == BYTES


def test_while_it_moves_a_document_is_given_out_and_changed(kept_in: Callable[..., Archive]) -> None:
    archive = kept_in("default")
    url = archive.stored()["url"]
    before = download(archive, url)
    first = archive.row(url).inhoud
    assert first is not None
    with in_municipality(archive.municipality):
        assert carry(first, "objecten", iter)

    after = download(archive, url)
    assert (before[ACCEL].split("/")[2], after[ACCEL].split("/")[2]) == ("default", "objecten")
    assert after["ETag"] == before["ETag"]
    kept_in("objecten")
    archive.changed(url, titel="Na de verhuizing")
    with in_municipality(archive.municipality):
        assert Inhoud.objects.count() == 1
        assert [left.opslag for left in VerlatenInhoud.objects.all()] == ["default"]
    assert archive.content(url) == BYTES


# Signed addresses ------------------------------------------------------------------------------------


def test_where_the_municipality_wants_it_the_storage_hands_over(kept_in: Callable[..., Archive]) -> None:
    archive = kept_in("objecten", signed=True)
    url = archive.stored(bestandsnaam="tegel é.html")["url"]

    with capture_logs() as lines:
        answer = download(archive, url)

    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    assert ACCEL not in answer
    with urlopen(answer["Location"], timeout=10) as given:
        assert given.read() == BYTES
        assert given.headers["Content-Type"] == "application/octet-stream"
        assert given.headers["Content-Disposition"].startswith("attachment; ")
    (line,) = [each for each in lines if each["event"] == "content_address_given"]
    assert line["inhoud"] == str(archive.row(url).inhoud_id)
    assert answer["Location"] not in str(lines)


def test_who_may_not_read_gets_no_address(kept_in: Callable[..., Archive], utrecht_api: ApiClient) -> None:
    archive = kept_in("objecten", signed=True)
    url = archive.stored()["url"]
    stranger = archive.reader(type=archive.other)
    there = utrecht_api.url(f"{DOCUMENTEN}/{url.rpartition('/')[2]}")

    for answer, status in (
        (download(archive, url, stranger), 403),
        (download(archive, there, utrecht_api), 404),
    ):
        assert answer.status_code == status
        assert "Location" not in answer


def test_a_storage_without_addresses_leaves_it_to_the_front(kept_in: Callable[..., Archive]) -> None:
    archive = kept_in("default", signed=True)

    answer = download(archive, archive.stored()["url"])

    assert answer.status_code == 200
    assert answer[ACCEL].startswith("/_opslag/default/haarlem/")


# A storage that fails --------------------------------------------------------------------------------


def test_a_storage_that_does_not_answer_takes_nothing_in_and_says_so(
    kept_in: Callable[..., Archive], settings: Settings
) -> None:
    archive = kept_in("objecten")
    settings.STORAGES = {
        **settings.STORAGES,
        "objecten": in_bucket("objecten", "http://127.0.0.1:9", "emmer"),
    }

    answer = archive.api.post(DOCUMENTEN, archive.with_content())

    assert answer.status_code == 503
    assert answer.json()["code"] == "unavailable"
    assert "127.0.0.1" not in answer.content.decode()
    with in_municipality(archive.municipality):
        assert not Inhoud.objects.exists()
    assert archive.api.get(DOCUMENTEN).json()["count"] == 0
