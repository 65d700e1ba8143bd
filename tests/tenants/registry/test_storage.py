"""Files of a municipality are its own, whichever storage they are in."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.utils import timezone
from pytest_django import Settings

from tenants.registry import object_storage
from tenants.registry.context import MunicipalityRequired, in_municipality
from tenants.registry.models import Municipality
from tenants.registry.storage import (
    LONGEST_NAME,
    MunicipalStorage,
    Slice,
    SlicedStorage,
    StorageSilent,
    UnknownStorage,
    current_alias,
    storage_aliases,
    storage_of,
)
from tests.objects import client_of, in_bucket

ALIASES = ["default", "archief", "objecten"]
NAME = "documenten/2026-11-26/inhoud"
LEADS_OUT = [
    "../utrecht/besluit.txt",
    "documenten/../../utrecht/besluit.txt",
    "documenten/./besluit.txt",
    "documenten//besluit.txt",
    "/utrecht/besluit.txt",
    "/etc/passwd",
    "..",
    ".",
    ".verborgen",
    "documenten/.verborgen",
    "documenten/",
    "\\\\utrecht\\besluit.txt",
    "..\\utrecht\\besluit.txt",
    "documenten\x00/besluit.txt",
    "besluit.txt\n",
    "besluit\u202etxt.exe",
    "\uff0e\uff0e/utrecht/besluit.txt",
    "\u2025/utrecht/besluit.txt",
    "documenten\u2215besluit.txt",
    "%2e%2e/utrecht/besluit.txt",
    "besluít.txt",
    "a" * (LONGEST_NAME + 1),
]

pytestmark = pytest.mark.usefixtures("stored_in")


@pytest.fixture(params=ALIASES)
def alias(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def storage(haarlem: Municipality, alias: str) -> Iterator[MunicipalStorage]:
    """Inside Haarlem."""
    with in_municipality(haarlem):
        yield storage_of(alias)


def content_of(storage: MunicipalStorage, name: str = NAME) -> bytes:
    return b"".join(storage.pieces(name))


def test_what_is_kept_comes_back(storage: MunicipalStorage) -> None:
    before = timezone.now() - timedelta(minutes=1)

    assert storage.keep(NAME, [b"van ", b"", b"Haarlem"]) == 11

    assert content_of(storage) == b"van Haarlem"
    assert (storage.exists(NAME), storage.size(NAME)) == (True, 11)
    (lying,) = storage.every("documenten")
    assert (lying.name, lying.size) == (NAME, 11)
    assert before < lying.at < timezone.now() + timedelta(minutes=1)


def test_what_is_settled_together_is_there(storage: MunicipalStorage) -> None:
    names = [f"{NAME}{number}" for number in range(20)]
    for name in names:
        assert storage.keep(name, [name.encode()], is_settled=False) == len(name)

    storage.settle(names)
    storage.settle([])

    assert [content_of(storage, name) for name in names] == [name.encode() for name in names]


@pytest.mark.parametrize("alias", ["default"], indirect=True)
def test_what_is_not_there_cannot_be_settled(storage: MunicipalStorage) -> None:
    storage.keep(NAME, [b"x"], is_settled=False)

    with pytest.raises(FileNotFoundError):
        storage.settle([NAME, f"{NAME}-weg"])


@pytest.mark.parametrize("alias", ["default"], indirect=True)
def test_slices_are_written_in_any_order_and_read_by_their_name(storage: MunicipalStorage) -> None:
    assert isinstance(storage, SlicedStorage)
    end, begin = Slice(NAME, 5, 4), Slice(NAME, 0, 5)

    assert storage.keep_slice(end, [b"een", b"d"]) == 4
    assert storage.keep_slice(begin, [b"begin"]) == 5

    assert content_of(storage) == b"begineend"
    assert [content_of(storage, str(each)) for each in (begin, end)] == [b"begin", b"eend"]
    assert [each.name for each in storage.every("documenten")] == [NAME]


@pytest.mark.parametrize("alias", ["default"], indirect=True)
def test_a_slice_is_no_file(storage: MunicipalStorage) -> None:
    assert isinstance(storage, SlicedStorage)
    storage.keep_slice(Slice(NAME, 0, 1), [b"x"])
    for act in (storage.delete, storage.size, storage.exists, storage.accel, storage.local_path):
        with pytest.raises(SuspiciousFileOperation):
            act(f"{NAME}@0+1")


@pytest.mark.parametrize("alias", ["default"], indirect=True)
def test_no_slice_leads_out_of_the_municipality(storage: MunicipalStorage) -> None:
    assert isinstance(storage, SlicedStorage)
    for name in LEADS_OUT:
        with pytest.raises(SuspiciousFileOperation):
            storage.keep_slice(Slice(name, 0, 1), [b"x"])
        with pytest.raises(SuspiciousFileOperation):
            storage.pieces(f"{name}@0+1")


def test_of_nothing_a_file_of_no_bytes_is_kept(storage: MunicipalStorage) -> None:
    assert storage.keep(NAME, []) == 0
    assert content_of(storage) == b""


def test_a_name_is_used_once(storage: MunicipalStorage) -> None:
    storage.keep(NAME, [b"eerst"])

    with pytest.raises(FileExistsError):
        storage.keep(NAME, [b"later"])

    assert content_of(storage) == b"eerst"


def breaks_off(size: int) -> Iterator[bytes]:
    yield b"x" * size
    raise RuntimeError("the client is gone")


@pytest.mark.parametrize("size", [10, 3000])
def test_of_what_breaks_off_nothing_stays(
    storage: MunicipalStorage, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(object_storage, "PART", 1000)
    with pytest.raises(RuntimeError):
        storage.keep(NAME, breaks_off(size))

    assert not storage.exists(NAME)
    assert list(storage.every("documenten")) == []


def test_what_is_not_there_is_told_as_such(storage: MunicipalStorage) -> None:
    with pytest.raises(FileNotFoundError):
        storage.pieces(NAME)
    with pytest.raises(FileNotFoundError):
        storage.size(NAME)
    storage.delete(NAME)
    assert not storage.exists(NAME)
    assert list(storage.every("documenten")) == []


def test_what_is_deleted_is_gone(storage: MunicipalStorage) -> None:
    storage.keep(NAME, [b"weg"])
    storage.delete(NAME)

    assert not storage.exists(NAME)


def acts_on(storage: MunicipalStorage, django: Any, name: str) -> list[Callable[[], object]]:
    return [
        lambda: storage.keep(name, [b"x"]),
        lambda: storage.pieces(name),
        lambda: storage.exists(name),
        lambda: storage.size(name),
        lambda: storage.delete(name),
        lambda: list(storage.every(name)),
        lambda: storage.local_path(name) or storage.size(name),
        lambda: storage.accel(name),
        lambda: storage.signed_url(name, disposition="attachment"),
        lambda: django.save(name, ContentFile(b"x")),
        lambda: django.open(name),
        lambda: django.listdir(name),
        lambda: django.get_modified_time(name),
    ]


def test_no_name_leads_out_of_the_municipality(storage: MunicipalStorage, alias: str) -> None:
    for name in LEADS_OUT:
        for act in acts_on(storage, storages[alias], name):
            with pytest.raises(SuspiciousFileOperation):
                act()


def test_a_neighbour_finds_nothing(haarlem: Municipality, utrecht: Municipality, alias: str) -> None:
    with in_municipality(haarlem):
        storage_of(alias).keep(NAME, [b"van Haarlem"])
    with in_municipality(utrecht):
        theirs = storage_of(alias)

        assert not theirs.exists(NAME)
        assert list(theirs.every("documenten")) == []
        theirs.delete(NAME)
        theirs.keep(NAME, [b"van Utrecht"])
    with in_municipality(haarlem):
        assert content_of(storage_of(alias)) == b"van Haarlem"


def test_a_name_that_begins_as_a_neighbours_is_no_neighbours(
    haarlem: Municipality, utrecht: Municipality, alias: str
) -> None:
    with in_municipality(haarlem):
        storage_of(alias).keep("utrecht/besluit", [b"van Haarlem"])
    with in_municipality(utrecht):
        assert not storage_of(alias).exists("besluit")
        assert storages[alias].listdir("") == ([], [])


def test_outside_a_municipality_there_are_no_files(db: None, alias: str) -> None:
    storage = storage_of(alias)
    for act in (storage.exists, storage.size, storage.pieces, storage.accel, storages[alias].open):
        with pytest.raises(MunicipalityRequired):
            act(NAME)


def test_what_django_asks_of_a_storage(storage: MunicipalStorage, alias: str) -> None:
    django = storages[alias]
    first = django.save("brieven/welkom.pdf", ContentFile(b"eerste"))
    second = django.save("brieven/welkom.pdf", ContentFile(b"tweede"))

    assert first == "brieven/welkom.pdf"
    assert second not in {first, ""}
    with django.open(first) as file:
        assert file.read() == b"eerste"
    with django.open(second) as file:
        assert b"".join(file.chunks()) == b"tweede"
    assert sorted(django.listdir("brieven")[1]) == sorted(
        each.removeprefix("brieven/") for each in (first, second)
    )
    assert django.listdir("") == (["brieven"], [])
    assert django.get_modified_time(first) > timezone.now() - timedelta(minutes=1)
    with pytest.raises(FileNotFoundError):
        django.open("brieven/weg.pdf")
    with pytest.raises(FileNotFoundError):
        django.get_modified_time("brieven/weg.pdf")
    assert django.listdir("mappen/die/er/niet/zijn") == ([], [])


def test_the_municipality_says_where_new_contents_go(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        assert current_alias() == "default"
    haarlem.storage = "objecten"
    with in_municipality(haarlem):
        assert current_alias() == "objecten"


def test_only_storages_of_municipalities_are_found_by_alias(haarlem: Municipality) -> None:
    assert sorted(storage_aliases()) == sorted(ALIASES)
    for alias in ("jobs", "mail", "staticfiles", "weg"):
        with pytest.raises(UnknownStorage), in_municipality(haarlem):
            storage_of(alias)


# On disk -------------------------------------------------------------------------------------------


@pytest.fixture
def media(settings: Settings) -> Path:
    return Path(settings.MEDIA_ROOT)


def test_files_are_under_the_municipalitys_own_directory(haarlem: Municipality, media: Path) -> None:
    with in_municipality(haarlem):
        default_storage.save("besluit.txt", ContentFile(b"van Haarlem"))
        place = storage_of("default").local_path("besluit.txt")

    assert place == media / "haarlem" / "besluit.txt"
    assert place.read_bytes() == b"van Haarlem"


def plant(link: Path, target: Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target)


@pytest.mark.parametrize("place", ["haarlem", "haarlem/documenten", "haarlem/documenten/geheim"])
def test_a_link_leads_nowhere(haarlem: Municipality, media: Path, place: str) -> None:
    secret = media / "utrecht" / "documenten" / "geheim"
    secret.parent.mkdir(parents=True)
    secret.write_bytes(b"van Utrecht")
    plant(media / place, media / place.replace("haarlem", "utrecht"))
    with in_municipality(haarlem):
        storage = storage_of("default")
        for act in (storage.pieces, storage.exists, storage.size, storage.delete, storage.accel):
            with pytest.raises(SuspiciousFileOperation):
                act("documenten/geheim")
        with pytest.raises(SuspiciousFileOperation):
            storage.keep("documenten/geheim", [b"van Haarlem"])

    assert secret.read_bytes() == b"van Utrecht"


def test_the_root_itself_may_be_behind_a_link(
    haarlem: Municipality, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "schijf").mkdir()
    plant(tmp_path / "verwijzing", tmp_path / "schijf")
    settings.MEDIA_ROOT = str(tmp_path / "verwijzing")
    with in_municipality(haarlem):
        storage_of("default").keep(NAME, [b"x"])

    assert (tmp_path / "schijf" / "haarlem" / NAME).read_bytes() == b"x"


def test_the_directories_of_a_file_are_written_to_the_disk_as_well(
    haarlem: Municipality, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[str] = []
    fsync = os.fsync

    def told(descriptor: int) -> None:
        settled.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", told)
    with in_municipality(haarlem):
        storage_of("default").keep("documenten/dag/inhoud", [b"x"])

    own = media / "haarlem"
    assert settled == [
        str(each)
        for each in (
            media,
            own,
            own / "documenten",
            own / "documenten" / "dag" / "inhoud",
            own / "documenten" / "dag",
        )
    ]


def test_a_disk_that_is_full_says_so_and_keeps_nothing(
    haarlem: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with in_municipality(haarlem):
        storage = storage_of("default")
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            with pytest.raises(StorageSilent, match="No space left"):
                storage.keep("inhoud", [b"x"])

        assert not storage.exists("inhoud")


def test_the_front_is_told_a_place_and_no_path(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        assert storage_of("archief").accel(NAME) == f"/_opslag/archief/haarlem/{NAME}"
        assert storage_of("archief").signed_url(NAME, disposition="attachment") is None


# In a bucket ---------------------------------------------------------------------------------------


@pytest.fixture
def in_objects(haarlem: Municipality) -> Iterator[Any]:
    with in_municipality(haarlem):
        yield storage_of("objecten")


def test_a_key_begins_with_the_prefix_and_the_municipality(
    in_objects: Any, objects: str, bucket: str
) -> None:
    in_objects.keep(NAME, [b"x"])

    (found,) = client_of(objects).list_objects_v2(Bucket=bucket)["Contents"]
    assert found["Key"] == f"zaakplein/haarlem/{NAME}"
    assert in_objects.local_path(NAME) is None


@pytest.mark.parametrize("size", [0, 999, 1000, 1001, 2000, 3500])
def test_parts_have_one_size_but_for_the_last(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(object_storage, "PART", 1000)
    whole = (bytes(range(256)) * 20)[:size]

    parts = list(object_storage.in_parts(whole[at : at + 300] for at in range(0, size, 300)))

    assert b"".join(parts) == whole
    assert {len(part) for part in parts[:-1]} <= {1000}
    assert all(parts)


def test_parts_become_one_file(in_objects: Any, objects: str, bucket: str) -> None:
    piece = bytes(range(256)) * 4096
    assert in_objects.keep(NAME, [piece] * 17) == 17 * 1024 * 1024

    assert b"".join(in_objects.pieces(NAME)) == piece * 17
    assert "Uploads" not in client_of(objects).list_multipart_uploads(Bucket=bucket)


def test_an_upload_that_breaks_off_leaves_no_parts(in_objects: Any, objects: str, bucket: str) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"x" * (9 * 1024 * 1024)
        yield b"x" * (9 * 1024 * 1024)
        raise RuntimeError("the client is gone")

    with pytest.raises(RuntimeError):
        in_objects.keep(NAME, pieces())

    assert "Uploads" not in client_of(objects).list_multipart_uploads(Bucket=bucket)
    assert not in_objects.exists(NAME)


def test_a_signed_address_saves_the_file_and_shows_it_nowhere(in_objects: Any) -> None:
    in_objects.keep(NAME, [b"<script>"])
    url = in_objects.signed_url(NAME, disposition="attachment; filename*=UTF-8''besluit%20%C3%A9.html")

    with urlopen(url, timeout=10) as answer:
        assert answer.read() == b"<script>"
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''besluit%20%C3%A9.html"
    assert "X-Amz-Expires=60" in url
    with pytest.raises(ValueError, match="never shown"):
        in_objects.signed_url(NAME, disposition="inline")


def test_a_signed_address_is_of_that_file_alone(in_objects: Any) -> None:
    in_objects.keep(NAME, [b"x"])
    address = urlsplit(in_objects.signed_url(NAME, disposition="attachment"))

    assert address.path.endswith(f"/zaakplein/haarlem/{NAME}")
    assert "X-Amz-Signature" in address.query
    assert "X-Amz-SignedHeaders=host" in address.query


def test_clients_may_be_sent_to_another_address_than_we_use(
    haarlem: Municipality, settings: Settings, objects: str, bucket: str
) -> None:
    stores = {**settings.STORAGES}
    stores["objecten"] = in_bucket("objecten", objects, bucket, public_endpoint="https://objecten.example.nl")
    settings.STORAGES = stores
    with in_municipality(haarlem):
        storage = storage_of("objecten")
        storage.keep(NAME, [b"x"])
        assert str(storage.signed_url(NAME, disposition="attachment")).startswith(
            f"https://objecten.example.nl/{bucket}/zaakplein/haarlem/"
        )
        assert storage.accel(NAME).startswith(f"/_opslag/objecten/{bucket}/zaakplein/haarlem/{NAME}?")


def test_the_front_gets_what_it_asks_by_the_signed_place(in_objects: Any, objects: str) -> None:
    in_objects.keep(NAME, [b"0123456789"])
    place = in_objects.accel(NAME).removeprefix("/_opslag/objecten")

    request = Request(f"{objects}{place}", headers={"Range": "bytes=2-4"})
    with urlopen(request, timeout=10) as answer:
        assert (answer.status, answer.read()) == (206, b"234")


def test_a_storage_that_does_not_answer_says_so(
    haarlem: Municipality, settings: Settings, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = {**settings.STORAGES}
    stores["objecten"] = in_bucket("objecten", "http://127.0.0.1:9", bucket)
    settings.STORAGES = stores
    with in_municipality(haarlem):
        storage = storage_of("objecten")
        with pytest.raises(StorageSilent, match="does not answer"):
            storage.exists(NAME)
        with pytest.raises(StorageSilent, match="does not answer"):
            storage.pieces(NAME)


def test_a_storage_that_refuses_says_so(haarlem: Municipality, settings: Settings, objects: str) -> None:
    stores = {**settings.STORAGES}
    stores["objecten"] = in_bucket("objecten", objects, "een-emmer-die-er-niet-is")
    settings.STORAGES = stores
    with in_municipality(haarlem), pytest.raises(StorageSilent, match="NoSuchBucket"):
        storage_of("objecten").keep(NAME, [b"x"])
