"""Parts are written at their place in what the whole will be, each place once; else they are kept apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from api.documenten import parts
from api.documenten.content import uploaded
from api.documenten.content.leaving import delete_left, grace
from api.documenten.content.places import Place
from api.documenten.content.sweeping import sweep
from api.documenten.models import BestandsDeel, Inhoud, VerlatenInhoud
from api.documenten.moving import carry
from tenants.registry.context import in_municipality
from tenants.registry.storage import Slice, slice_named
from tests.api.documenten.conftest import Archive
from tests.api.documenten.content.lying import files
from tests.api.documenten.content.test_rows import LATER

pytestmark = pytest.mark.django_db
CONTENTS = (b"een d", b"eel, ", b"drie")
WHOLE = b"".join(CONTENTS)
Made = dict[str, Any]


@pytest.fixture(params=[0, uploaded.SMALL], ids=["as it comes in", "from memory"])
def pending(request: pytest.FixtureRequest, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A document whose content is to come in three parts."""
    monkeypatch.setattr(parts, "PART_BYTES", 5)
    monkeypatch.setattr(uploaded, "SMALL", request.param)
    return archive.made(bestandsomvang=len(WHOLE))


def send(archive: Archive, made: Made, number: int, content: bytes | None = None) -> None:
    url = made["bestandsdelen"][number]["url"]
    assert archive.part(url, content or CONTENTS[number], made["lock"]).status_code == 200


def unlock(archive: Archive, made: Made) -> int:
    return int(archive.api.post(f"{made['url']}/unlock", {"lock": made["lock"]}).status_code)


def key_of(archive: Archive) -> str:
    """The file that the parts are to become."""
    with in_municipality(archive.municipality):
        (key,) = BestandsDeel.objects.values_list("key", flat=True).distinct()
    return str(key)


def test_they_become_the_content_where_they_lie(archive: Archive, pending: Made, media: Path) -> None:
    key = key_of(archive)
    for number in (2, 0, 1):
        send(archive, pending, number)
    assert files(media) == {key: WHOLE}

    assert unlock(archive, pending) == 204

    assert files(media) == {key: WHOLE}
    assert archive.content(pending["url"]) == WHOLE
    with in_municipality(archive.municipality):
        assert list(Inhoud.objects.values_list("key", flat=True)) == [key]
        assert not VerlatenInhoud.objects.exists()


def test_one_that_comes_again_is_kept_apart(archive: Archive, pending: Made, media: Path) -> None:
    key = key_of(archive)
    for number in range(3):
        send(archive, pending, number)

    send(archive, pending, 1, b"EEL, ")

    assert files(media)[key] == WHOLE
    assert unlock(archive, pending) == 204
    assert archive.content(pending["url"]) == b"een dEEL, drie"
    with in_municipality(archive.municipality):
        assert VerlatenInhoud.objects.filter(key=key).exists()
        delete_left(timezone.now() + grace())
        assert files(media).keys() == {Inhoud.objects.get().key}


def test_where_somebody_died_nobody_writes_again(archive: Archive, pending: Made, media: Path) -> None:
    with in_municipality(archive.municipality):
        BestandsDeel.objects.filter(volgnummer=1).update(genomen=True)
    for number in range(3):
        send(archive, pending, number)

    assert files(media)[key_of(archive)] == bytes(5) + WHOLE[5:]
    assert unlock(archive, pending) == 204
    assert archive.content(pending["url"]) == WHOLE


def test_a_place_is_free_again_after_a_refusal(archive: Archive, pending: Made, media: Path) -> None:
    url, lock = pending["bestandsdelen"][0]["url"], pending["lock"]
    for content, shown in ((b"EEN D", "iets"), (b"EEN", lock), (b"EEN DEEL", lock)):
        assert archive.part(url, content, shown).status_code == 400
    with in_municipality(archive.municipality):
        assert not BestandsDeel.objects.filter(genomen=True).exists()

    for number in range(3):
        send(archive, pending, number)
    assert unlock(archive, pending) == 204
    assert files(media) == {archive.row(pending["url"]).inhoud.key: WHOLE}  # type: ignore[union-attr]


def test_a_place_stays_taken_by_who_stands_there(archive: Archive, pending: Made) -> None:
    """Also where he who wrote there heard that it went wrong."""
    send(archive, pending, 0)
    with in_municipality(archive.municipality):
        deel = BestandsDeel.objects.get(volgnummer=1)
        place = Place(deel.pk, deel.opslag, Slice(deel.key, 0, 5))

        place.give_back()

        assert not place.take()


@pytest.mark.parametrize(
    "given", [{"bestandsomvang": 7}, {"inhoud": "WA=="}, {"bestandsomvang": None}], ids=str
)
def test_what_is_not_wanted_any_more_is_left(
    archive: Archive, pending: Made, media: Path, given: dict[str, Any]
) -> None:
    key = key_of(archive)
    send(archive, pending, 0)

    answer = archive.api.patch(pending["url"], {**given, "lock": pending["lock"]})

    assert answer.status_code == 200, answer.content
    with in_municipality(archive.municipality):
        sweep(timezone.now() + LATER)
        assert VerlatenInhoud.objects.filter(key=key).exists()
        delete_left(timezone.now() + grace())
    assert key not in files(media)


def test_a_slice_that_was_left_by_itself_holds_up_nothing(
    archive: Archive, pending: Made, media: Path
) -> None:
    """By code of before there were any, while others have newer."""
    key = key_of(archive)
    send(archive, pending, 0)
    with in_municipality(archive.municipality):
        left = f"{key}@0+5"
        VerlatenInhoud.objects.create(opslag="default", key=left, verlaten_op=timezone.now())
        Inhoud.objects.update(key=f"{key}@0+6")

        assert delete_left(timezone.now() + grace()) == 1
        assert not VerlatenInhoud.objects.exists()
    assert key in files(media)


def test_it_is_never_swept_while_parts_come(archive: Archive, pending: Made, media: Path) -> None:
    send(archive, pending, 0)
    send(archive, pending, 0, b"EEN D")  # so that no content lies in it
    with in_municipality(archive.municipality):
        assert sweep(timezone.now() + LATER).files == 0
        assert delete_left(timezone.now() + grace()) == 0
    assert key_of(archive) in files(media)
    send(archive, pending, 1)
    send(archive, pending, 2)
    assert unlock(archive, pending) == 204
    assert archive.content(pending["url"]) == b"EEN D" + WHOLE[5:]


def same(pieces: Any) -> Any:
    return pieces


def test_parts_that_were_moved_are_put_together_there(
    archive: Archive, pending: Made, stored_in: dict[str, Any]
) -> None:
    """The first two move to another storage, and the third comes after that."""
    send(archive, pending, 0)
    send(archive, pending, 1)
    archive.municipality.storage = "archief"
    archive.municipality.save(update_fields=["storage"])
    with in_municipality(archive.municipality):
        for inhoud in Inhoud.objects.all():
            assert carry(inhoud, "archief", same)
        assert not VerlatenInhoud.objects.exists()
    send(archive, pending, 2)
    assert unlock(archive, pending) == 204

    whole = archive.row(pending["url"]).inhoud
    assert whole is not None
    assert (whole.opslag, archive.content(pending["url"])) == ("archief", WHOLE)


@pytest.mark.usefixtures("stored_in")
def test_a_bucket_takes_none(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 5)
    archive.municipality.storage = "objecten"
    archive.municipality.save(update_fields=["storage"])
    made = archive.made(bestandsomvang=len(WHOLE))
    assert key_of(archive) == ""
    for number in range(3):
        send(archive, made, number)
    assert unlock(archive, made) == 204
    assert archive.content(made["url"]) == WHOLE


@pytest.mark.usefixtures("stored_in")
def test_where_a_disk_has_become_a_bucket_they_are_kept_apart(archive: Archive, pending: Made) -> None:
    archive.municipality.storage = "objecten"
    archive.municipality.save(update_fields=["storage"])
    with in_municipality(archive.municipality):
        BestandsDeel.objects.update(opslag="objecten")

    for number in range(3):
        send(archive, pending, number)

    assert unlock(archive, pending) == 204
    assert archive.content(pending["url"]) == WHOLE


def test_one_part_needs_no_place(archive: Archive) -> None:
    archive.made(bestandsomvang=5)
    assert key_of(archive) == ""


@pytest.mark.parametrize("name", ["a@0+5", "documenten/2026-11-26/ab@17+100"])
def test_a_slice_has_a_name(name: str) -> None:
    assert str(slice_named(name)) == name


@pytest.mark.parametrize(
    "name", ["a", "a@", "a@0", "a@+5", "a@-1+5", "../a@0+5", "a@0+5+5", "a@0+5\n", "@0+5"]
)
def test_another_is_none(name: str) -> None:
    assert slice_named(name) is None


def test_a_whole_that_lost_bytes_is_noticed(archive: Archive, pending: Made, media: Path) -> None:
    for number in range(3):
        send(archive, pending, number)
    with (media / "haarlem" / key_of(archive)).open("r+b") as file:
        file.truncate(len(WHOLE) - 1)

    assert unlock(archive, pending) == 500

    assert archive.row(pending["url"]).inhoud is None
