"""Zips that somebody made to do harm, or by mistake: a clear 400 with file and place, nothing written."""

from __future__ import annotations

import json
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from pytest_django import Settings

from api.catalogi.exchange.operations import MOST_IN_A_REQUEST
from api.catalogi.exchange.reading import MAX_BYTES, MAX_OBJECTS, MOST_IN_AN_OBJECT, read_archive
from api.pipeline.declare.operations import MEBIBYTE
from api.pipeline.words.refusals import Invalid, TooLarge
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import nothing_written
from tests.api.catalogi.exchange import open_zaak
from tests.api.catalogi.exchange.contents import packed, reasons, send
from tests.api.client import ApiClient

NO_TEXT: list[Any] = [None, False, 0, []]
MANIFEST = {"vorm": "zaakplein-catalogus", "versie": 1}
NAMED = {"url": open_zaak.ZAAKTYPE}
MANY = [{"url": f"{open_zaak.ROOT}/{number:08x}-0000-4000-8000-000000000000"} for number in range(20_001)]
BOMB = b"[" + b" " * (40 * 1024 * 1024) + b"]"


def zipped(name: str, raw: bytes, *, compression: int = ZIP_DEFLATED, times: int = 1) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", compression) as archive:
        for _ in range(times):
            archive.writestr(name, raw)
    return target.getvalue()


def lying() -> bytes:
    """A bomb that says it is one byte."""
    raw = bytearray(zipped("ZaakType.json", BOMB))
    size = struct.pack("<L", len(BOMB))
    return bytes(raw).replace(size, struct.pack("<L", 1))


def encrypted() -> bytes:
    raw = bytearray(zipped("ZaakType.json", b"[]"))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def broken() -> bytes:
    raw = bytearray(zipped("ZaakType.json", json.dumps(open_zaak.files()).encode()))
    raw[60:90] = bytes(30)
    return bytes(raw)


UNREADABLE = {
    "empty": b" ",
    "no zip": b"PK\x03\x04 is how it begins",
    "json": b"[]",
    "deflated": zlib.compress(b"[]"),
    "half": packed(open_zaak.files())[:-40],
    "broken": broken(),
    "lying": lying(),
}
REFUSED = {
    "nothing": (packed({}), "nonFieldErrors"),
    "empty lists": (packed({"ZaakType.json": []}), "nonFieldErrors"),
    "another file": (packed({"leesmij.txt": b"hallo"}), "nonFieldErrors"),
    "path": (packed({"../ZaakType.json": []}), "nonFieldErrors"),
    "absolute path": (packed({"/etc/passwd": []}), "nonFieldErrors"),
    "two folders": (packed({"een/ZaakType.json": [], "twee/RolType.json": []}), "nonFieldErrors"),
    "folder beside a file": (packed({"map/ZaakType.json": [], "RolType.json": []}), "nonFieldErrors"),
    "folder in a folder": (packed({"map/map/ZaakType.json": []}), "nonFieldErrors"),
    "folder above": (packed({"map/../ZaakType.json": []}), "nonFieldErrors"),
    "folder alone": (packed({"map/": b""}), "nonFieldErrors"),
    "backward path": (packed({"map\\ZaakType.json": []}), "nonFieldErrors"),
    "other file in a folder": (packed({"map/leesmij.txt": b"hallo"}), "nonFieldErrors"),
    "no json in a folder": (packed({"map/ZaakType.json": b"{"}), "ZaakType.json"),
    "many": (packed({f"{number}.json": [] for number in range(5000)}), "nonFieldErrors"),
    "bomb": (zipped("ZaakType.json", BOMB), "ZaakType.json"),
    "encrypted": (encrypted(), "ZaakType.json"),
    "other compression": (zipped("ZaakType.json", b"[]", compression=ZIP_BZIP2), "ZaakType.json"),
    "no json": (packed({"ZaakType.json": b"{"}), "ZaakType.json"),
    "no utf-8": (packed({"ZaakType.json": b'["\xff\xfe\xfd"]'}), "ZaakType.json"),
    "not a number": (packed({"ZaakType.json": b"[NaN]"}), "ZaakType.json"),
    "huge number": (packed({"ZaakType.json": b"[" + b"9" * 5000 + b"]"}), "ZaakType.json"),
    "deep": (packed({"ZaakType.json": b"[" * 100_000}), "ZaakType.json"),
    "nul": (packed({"ZaakType.json": [{"doel": "a\x00b"}]}), "ZaakType.json"),
    "surrogate": (packed({"ZaakType.json": rb'[{"doel": "\ud800"}]'}), "ZaakType.json"),
    "own prefix": (packed({"ZaakType.json": [{"url": "zaakplein:/x"}]}), "ZaakType.json.0.url"),
    "object": (packed({"ZaakType.json": {}}), "ZaakType.json"),
    "numbers": (packed({"ZaakType.json": [1]}), "ZaakType.json.0"),
    "no url": (packed({"ZaakType.json": [{}]}), "ZaakType.json.0.url"),
    "url of no object": (packed({"ZaakType.json": [{"url": "https://x.nl/1"}]}), "ZaakType.json.0.url"),
    "url a list": (packed({"ZaakType.json": [{"url": []}]}), "ZaakType.json.0.url"),
    "twice": (packed({"ZaakType.json": [NAMED, NAMED]}), "ZaakType.json.1.url"),
    "concept a text": (packed({"ZaakType.json": [{**NAMED, "concept": "ja"}]}), "ZaakType.json.0.concept"),
    "manifest": (packed({"zaakplein.json": []}), "zaakplein.json"),
    "another manifest": (packed({"zaakplein.json": {"vorm": "x", "versie": 1}}), "zaakplein.json"),
    **{
        f"bron {value}": (packed({"zaakplein.json": {**MANIFEST, "bron": value}}), "zaakplein.json")
        for value in NO_TEXT
    },
}  # fmt: skip
STRANGE: dict[str, Any] = {
    "null": None,
    "true": True,
    "number": 10**30,
    "infinite": "1e999",
    "text": "x" * 3000,
    "list": [[]],
    "object": {"a": {}},
    "far": "99999-01-01",
    "private": "http://169.254.169.254/latest/meta-data",
    "url": "http://[::1",
    "elsewhere": "https://elders.example.nl/catalogi/api/v1/zaaktypen/44444444-4444-4444-8444-444444444444",
    "itself": open_zaak.ZAAKTYPE,
    "another kind": open_zaak.STATUSTYPE,
}
FILES = tuple(open_zaak.files())


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_zip(haarlem: Municipality, haarlem_api: ApiClient, raw: bytes) -> None:
    with nothing_written(haarlem):
        assert set(reasons(send(haarlem_api, raw)).values()) == {"invalid"}


@pytest.mark.parametrize(("raw", "place"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_catalogue(haarlem: Municipality, haarlem_api: ApiClient, raw: bytes, place: str) -> None:
    with nothing_written(haarlem):
        assert list(reasons(send(haarlem_api, raw))) == [place]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_stands_in_it_twice(haarlem_api: ApiClient) -> None:
    assert list(reasons(send(haarlem_api, zipped("ZaakType.json", b"[]", times=2)))) == ["ZaakType.json"]


def test_a_zip_that_is_too_large(haarlem_api: ApiClient) -> None:
    assert send(haarlem_api, b"x" * (MAX_BYTES + 1)).status_code == 413


def test_so_many_objects_in_a_request_and_more_after_it(
    haarlem: Municipality, haarlem_api: ApiClient, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    most = send(haarlem_api, packed({"RolType.json": [*MANY[: MOST_IN_A_REQUEST - 1], {}]}))
    assert list(reasons(most)) == [f"RolType.json.{MOST_IN_A_REQUEST - 1}.url"]
    with nothing_written(haarlem):
        more = send(haarlem_api, packed({"RolType.json": MANY[:MOST_IN_A_REQUEST], "ZaakType.json": [{}]}))
    assert (more.status_code, more.json()["status"]) == (202, "wacht")


def test_many_values_are_not_read_in_a_request(
    haarlem_api: ApiClient, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    values = MOST_IN_AN_OBJECT * MOST_IN_A_REQUEST
    few, many = (packed({"RolType.json": [{"x": [0] * number}]}) for number in (values - 10, values))

    assert send(haarlem_api, few).status_code == 400
    assert send(haarlem_api, many).status_code == 202


def test_so_many_values_and_no_more() -> None:
    with pytest.raises(TooLarge):
        read_archive(packed({"RolType.json": [{"x": [0] * MOST_IN_AN_OBJECT * MAX_OBJECTS}]}))


def test_the_command_takes_more_but_no_more_than_it_can() -> None:
    with pytest.raises(Invalid) as refused:
        read_archive(packed({"RolType.json": MANY}))
    assert [each.code for each in refused.value.violations] == ["max_length"]
    assert len(read_archive(packed({"RolType.json": MANY[:20_000]})).entries["RolType"]) == 20_000


def test_a_zip_beyond_what_other_bodies_may_be(haarlem_api: ApiClient, into: str) -> None:
    files = {**open_zaak.files(), "RolType.json": [{"url": open_zaak.ZAAKTYPE, "x": "x" * 4 * MEBIBYTE}]}
    answer = send(haarlem_api, packed(files, compression=ZIP_STORED), into)
    assert "RolType.json.0.omschrijving" in reasons(answer)


def test_another_media_type(haarlem_api: ApiClient) -> None:
    assert haarlem_api.post("/catalogi/api/v1/catalogussen/import", {}).status_code == 415


@pytest.mark.parametrize(
    "query", ["kleur=rood", "proef=misschien", "bijVerschil=gooi", "catalogus=x", "catalogus=%00"]
)
def test_a_bad_choice(haarlem_api: ApiClient, query: str) -> None:
    assert send(haarlem_api, packed(open_zaak.files()), query).status_code == 400


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("name", FILES)
def test_a_strange_value_in_each_member(
    haarlem: Municipality, haarlem_api: ApiClient, into: str, name: str, value: Any
) -> None:
    files = open_zaak.files()
    (good,) = files[name]
    members = set(good) - {"url", "concept"}
    bodies = [
        *({**good, member: value} for member in sorted(members)),
        {**good, **dict.fromkeys(members, value)},
    ]
    files[name] = [{**body, "url": f"{good['url'][:-12]}{n:012}"} for n, body in enumerate(bodies)]
    with nothing_written(haarlem):
        answer = send(haarlem_api, packed({each: _text(objects) for each, objects in files.items()}), into)
    assert any(place.startswith(name) for place in reasons(answer))


def _text(objects: Any) -> bytes:
    """With a number that Python reads and does not write."""
    return json.dumps(objects).replace('"1e999"', "1e999").encode()
