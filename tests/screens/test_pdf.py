"""A page as PDF fetches nothing, whatever stands in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from screens.pdf import as_pdf

FETCHING = [
    '<img src="{}">',
    '<link rel="stylesheet" href="{}">',
    '<style>@import url("{}");</style>',
    '<style>@font-face {{ font-family: x; src: url("{}"); }} body {{ font-family: x; }}</style>',
    '<div style="background: url({})">x</div>',
    '<object data="{}"></object>',
    '<link rel="attachment" href="{}">',
    '<a rel="attachment" href="{}">x</a>',
    '<svg><image href="{}"/></svg>',
]
ELSEWHERE = "http://127.0.0.1:9/"
LISTENING: list[list[str]] = []


def note(event: str, arguments: tuple[Any, ...]) -> None:
    """Python tells of every file that is opened and every address that is looked up or called."""
    if event in {"open", "socket.connect", "socket.getaddrinfo"}:
        for heard in LISTENING:
            heard.append(f"{event} {arguments}")


# It cannot be taken away again, and hears nothing outside these tests.
sys.addaudithook(note)


@pytest.fixture
def heard() -> Iterator[list[str]]:
    as_pdf("<p>Wat de eerste brief van een proces zelf laadt.</p>")
    LISTENING.append([])
    yield LISTENING[0]
    LISTENING.clear()


@pytest.mark.parametrize("element", FETCHING)
def test_no_address_is_called(element: str, heard: list[str]) -> None:
    assert as_pdf(f"<p>brief</p>{element.format(ELSEWHERE)}").startswith(b"%PDF-")

    assert [each for each in heard if each.startswith("socket")] == []


@pytest.mark.parametrize("element", FETCHING)
def test_no_file_is_read(element: str, tmp_path: Path, heard: list[str]) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim")
    heard.clear()

    as_pdf(f"<p>brief</p>{element.format(secret.as_uri())}")

    assert [each for each in heard if "geheim" in each] == []


def test_what_is_heard_would_tell(tmp_path: Path, heard: list[str]) -> None:
    (tmp_path / "geheim.txt").touch()
    (tmp_path / "geheim.txt").read_bytes()

    assert any("geheim" in each for each in heard)
