"""What a file is called by who downloads it."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.documenten.content.file_names import MOST_BYTES, disposition, harmless, named

NAMES = {
    "besluit.pdf": "besluit.pdf",
    "../../etc/passwd": "passwd",
    "C:\\temp\\brief.docx": "brief.docx",
    "..": "",
    ".htaccess": "htaccess",
    "a\x00b\r\nSet-Cookie: x.txt": "abSet-Cookie_ x.txt",
    'brief"; filename="x.exe': "brief__ filename=_x.exe",
    "factuur\u202efdp.exe": "factuurfdp.exe",
    "\u200fbrief\u200b.pdf": "brief.pdf",
    "verzoek (definitief) – één.pdf": "verzoek (definitief) – één.pdf",
    "  veel   wit .pdf ": "veel wit .pdf",
    f"{'a' * 300}.pdf": f"{'a' * 146}.pdf",
    f"{'😀' * 300}.pdf": f"{'😀' * 59}.pdf",
    f"a.{'b' * 300}": f"a.{'b' * 148}",
    "": "",
}


@pytest.mark.parametrize(("given_name", "safe"), NAMES.items(), ids=range(len(NAMES)))
def test_a_name_is_made_harmless(given_name: str, safe: str) -> None:
    assert harmless(given_name) == safe


def test_what_has_no_name_is_called_by_its_kind() -> None:
    assert named("../", "application/pdf") == "document.pdf"
    assert named("", "geen formaat") == "document"


def test_a_browser_gets_the_name_in_both_forms() -> None:
    said = disposition("één – brief.pdf")

    assert said == (
        "attachment; filename=\"een  brief.pdf\"; filename*=UTF-8''%C3%A9%C3%A9n%20%E2%80%93%20brief.pdf"
    )


def test_a_name_without_a_letter_of_ascii_keeps_its_kind_there() -> None:
    assert disposition("書.pdf").startswith('attachment; filename="document.pdf"; filename*=UTF-8')


@given(st.text())
def test_whatever_it_is_called_it_is_one_header_of_an_attachment(name: str) -> None:
    safe = named(name, "text/html")
    said = disposition(safe)
    start, quoted, encoded = said.split('"')

    assert start == "attachment; filename="
    assert encoded.startswith("; filename*=UTF-8''")
    assert unquote(encoded.removeprefix("; filename*=UTF-8''")) == safe
    assert said.isascii()
    assert said.isprintable()
    assert "/" not in safe
    assert "\\" not in safe + quoted
    assert 0 < len(safe.encode()) <= MOST_BYTES
    assert not safe.startswith(".")
