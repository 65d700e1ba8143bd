"""Files of a message: their names, their bounds, and where they lie."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from helpdesk.attaching import FilesField
from helpdesk.attachments import (
    LARGEST,
    LONGEST_NAME,
    MOST,
    MOST_TOGETHER,
    UNNAMED,
    AttachmentRefused,
    as_download,
    clean_name,
    kept,
    type_of,
)
from infra import serve
from tenants.registry.context import MunicipalityRequired, in_municipality
from tenants.registry.models import Municipality


@pytest.fixture(autouse=True)
def apart(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def refuse_eicar(file: ContentFile[bytes]) -> str:
    return "Er zit een virus in." if b"EICAR" in file.read() else ""


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("scherm.png", "scherm.png"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\lia\log.txt", "log.txt"),
        ("a\0b\r\n.txt", "ab.txt"),
        ("factuur\u202efdp.exe", "factuurfdp.exe"),
        ("  twee   woorden .pdf", "twee woorden .pdf"),
        (".htaccess", "htaccess"),
        ("/", UNNAMED),
        ("", UNNAMED),
        ("...", UNNAMED),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
        ("x." + "y" * 300, ("x." + "y" * 300)[:255]),
    ],
)
def test_a_name_is_cleaned(given_name: str, name: str) -> None:
    assert clean_name(given_name) == name


@given(st.text(max_size=600))
def test_whatever_somebody_calls_a_file_it_has_a_name(text: str) -> None:
    name = clean_name(text)

    assert 0 < len(name) <= LONGEST_NAME
    assert not set(name) & set("/\\\0\r\n\u202e")
    assert clean_name(name) == name


def test_a_type_that_is_not_known_is_bytes() -> None:
    assert type_of("a.PDF") == "application/pdf"
    assert {type_of(name) for name in ("a.html", "a.svg", "a", "a.xml")} == {"application/octet-stream"}


@pytest.mark.django_db
def test_files_lie_in_the_storage_of_the_municipality(haarlem: Municipality, tmp_path: Path) -> None:
    with in_municipality(haarlem), kept([ContentFile(b"inhoud", name="../a.txt")]) as (one,):
        assert (tmp_path / "haarlem" / one.key).read_bytes() == b"inhoud"
    assert (one.name, one.size, one.content_type) == ("a.txt", 6, "text/plain")
    assert "a.txt" not in one.key


@pytest.mark.django_db
def test_what_is_not_written_leaves_no_file(haarlem: Municipality) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        in_municipality(haarlem),
        kept([ContentFile(b"x", name="a")]) as (one,),
    ):
        raise ZeroDivisionError

    with in_municipality(haarlem):
        assert not default_storage.exists(one.key)


@pytest.mark.django_db
def test_a_check_may_refuse_a_file_and_then_none_is_kept(
    haarlem: Municipality, settings: Settings, tmp_path: Path
) -> None:
    settings.HELPDESK_ATTACHMENT_CHECK = f"{__name__}.refuse_eicar"
    files = [ContentFile(b"goed", name="a"), ContentFile(b"EICAR", name="b")]

    with pytest.raises(AttachmentRefused, match="virus"), in_municipality(haarlem), kept(files):
        pass

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_the_scanner_of_the_deployment_checks_files(
    haarlem: Municipality, settings: Settings, clamd: dict[str, str], tmp_path: Path
) -> None:
    settings.HELPDESK_ATTACHMENT_CHECK = "helpdesk.virus_check.why_refused"

    def attached(content: bytes) -> int:
        with in_municipality(haarlem), kept([ContentFile(content, name="a")]) as (one,):
            return len(default_storage.open(one.key).read())

    assert attached(b"goed") == 4
    with pytest.raises(AttachmentRefused, match="virus"):
        attached(b"een EICAR")
    for content, why in ((b"DIES", "antwoordt niet"), (b"LIMIT", "groter")):
        with pytest.raises(AttachmentRefused, match=why):
            attached(content)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    haarlem.passes_unchecked = True
    assert attached(b"DIES") == 4
    with pytest.raises(AttachmentRefused, match="virus"):
        attached(b"een EICAR")


@pytest.mark.django_db
def test_what_was_checked_is_kept_whole(haarlem: Municipality, settings: Settings) -> None:
    settings.HELPDESK_ATTACHMENT_CHECK = f"{__name__}.refuse_eicar"

    with in_municipality(haarlem), kept([ContentFile(b"goed", name="a")]) as (one,):
        assert default_storage.open(one.key).read() == b"goed"


@pytest.mark.django_db
def test_outside_a_municipality_nothing_is_kept_or_read(db: None) -> None:
    with pytest.raises(MunicipalityRequired), kept([]):
        pass
    with pytest.raises(MunicipalityRequired):
        as_download(key="x", name="x", content_type="text/plain")


@pytest.mark.django_db
def test_a_browser_saves_a_file_and_never_shows_it(haarlem: Municipality) -> None:
    with in_municipality(haarlem), kept([ContentFile(b"<script>", name='a"é.html')]) as (one,):
        answer = as_download(key=one.key, name=one.name, content_type=one.content_type)

    assert answer.getvalue() == b"<script>"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Length"] == "8"


def files(count: int, of: int = 1) -> list[SimpleUploadedFile]:
    made = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(count)]
    for each in made:
        each.size = of
    return made


@pytest.mark.parametrize(
    ("count", "of", "taken"),
    [
        (0, 1, True),
        (MOST, 1, True),
        (MOST + 1, 1, False),
        (1, LARGEST, True),
        (1, LARGEST + 1, False),
        (4, LARGEST, True),
        (5, LARGEST - 1, False),
        (1, 0, False),
    ],
)
def test_so_many_files_of_such_a_size_are_taken(count: int, of: int, taken: bool) -> None:
    with nullcontext() if taken else pytest.raises(ValidationError):
        assert len(FilesField().clean(files(count, of))) == count


def test_the_front_takes_somewhat_more_than_all_files_together() -> None:
    assert int(serve.FILES.removesuffix("m")) * 1024 * 1024 > MOST_TOGETHER
