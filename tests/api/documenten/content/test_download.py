"""What the web says of content on its way out: bytes to keep, never a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.documenten.conftest import Archive
from tests.api.documenten.content.lying import downloaded

pytestmark = pytest.mark.django_db

PAGE = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.mark.parametrize("formaat", ["text/html", "image/svg+xml", "application/pdf", ""])
def test_whatever_it_is_it_is_an_attachment_of_bytes(archive: Archive, media: Path, formaat: str) -> None:
    made = archive.stored(PAGE, formaat=formaat, bestandsnaam="../\u202epagina.svg")

    answer = archive.api.get(made["inhoud"])

    assert downloaded(answer, media) == PAGE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith('attachment; filename="pagina.svg"')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"].startswith("private")
    assert answer.content == b""


@pytest.mark.parametrize("known", ["{}", "W/{}", '"iets", {}', "*"])
def test_who_has_it_already_is_told_so(archive: Archive, known: str) -> None:
    url = archive.stored()["inhoud"]
    etag = archive.api.get(url)["ETag"]

    answer = archive.api.get(url, If_None_Match=known.format(etag))

    assert (answer.status_code, answer["ETag"]) == (304, etag)
    assert "X-Accel-Redirect" not in answer


def test_versions_of_one_size_have_their_own_etags(archive: Archive) -> None:
    first = archive.stored(b"eerste")
    second = archive.changed(first["url"], inhoud="dHdlZWRl", bestandsomvang=6)

    assert archive.api.get(first["inhoud"])["ETag"] != archive.api.get(second["inhoud"])["ETag"]
