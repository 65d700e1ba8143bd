"""A page as PDF fetches nothing, whatever stands in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from screens import pdf
from screens.pdf import PdfRefused, as_pdf
from screens.pdf_process import draw

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
PATIENCE_SECONDS = 60
LISTENING: list[list[str]] = []


def note(event: str, arguments: tuple[Any, ...]) -> None:
    """Python tells of every file that is opened and every address that is looked up or called."""
    if event in {"open", "socket.connect", "socket.getaddrinfo"}:
        for heard in LISTENING:
            heard.append(f"{event} {arguments}")


# It cannot be taken away again, and hears nothing outside these tests.
sys.addaudithook(note)


@pytest.fixture(autouse=True)
def drawn_here() -> None:
    """By a process of its own, as everywhere but in tests."""


@pytest.fixture
def heard() -> Iterator[list[str]]:
    draw("<p>Wat de eerste brief van een proces zelf laadt.</p>")
    LISTENING.append([])
    yield LISTENING[0]
    LISTENING.clear()


@pytest.mark.parametrize("element", FETCHING)
def test_no_address_is_called(element: str, heard: list[str]) -> None:
    assert draw(f"<p>brief</p>{element.format(ELSEWHERE)}").startswith(b"%PDF-")

    assert [each for each in heard if each.startswith("socket")] == []


@pytest.mark.parametrize("element", FETCHING)
def test_no_file_is_read(element: str, tmp_path: Path, heard: list[str]) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim")
    heard.clear()

    draw(f"<p>brief</p>{element.format(secret.as_uri())}")

    assert [each for each in heard if "geheim" in each] == []


def test_what_is_heard_would_tell(tmp_path: Path, heard: list[str]) -> None:
    (tmp_path / "geheim.txt").touch()
    (tmp_path / "geheim.txt").read_bytes()

    assert any("geheim" in each for each in heard)


# The process that draws -------------------------------------------------------------------------------

ENDLESS = "import time; time.sleep(60)"
TELLS_ALL = "import os; print('%PDF-', os.environ, os.getcwd())"


def drawing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str) -> None:
    other = tmp_path / "other.py"
    other.write_text(program)
    monkeypatch.setattr(pdf, "PROCESS", other)


def test_a_page_is_drawn_by_a_process_that_knows_nothing_of_us(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZAAKPLEIN_SECRET_KEY", "geheim")
    assert as_pdf("<p>Brief</p>", seconds=PATIENCE_SECONDS).startswith(b"%PDF-")

    drawing(monkeypatch, tmp_path, TELLS_ALL)
    assert b"geheim" not in as_pdf("<p>Brief</p>")


def test_what_takes_too_long_is_ended_and_the_next_is_drawn(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as endless:
        drawing(endless, tmp_path, ENDLESS)
        with pytest.raises(PdfRefused, match="too_long"):
            as_pdf("<p>Brief</p>", seconds=0.2)

    assert as_pdf("<p>Brief</p>", seconds=PATIENCE_SECONDS).startswith(b"%PDF-")


@pytest.mark.parametrize("program", ["import os; os.abort()", "raise MemoryError", "print('geen pdf')"])
def test_a_process_that_ends_without_a_pdf_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str
) -> None:
    drawing(monkeypatch, tmp_path, program)

    with pytest.raises(PdfRefused, match="ended_with"):
        as_pdf("<p>Brief</p>")


def test_one_is_drawn_at_a_time_and_the_next_waits_for_a_while(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drawing(monkeypatch, tmp_path, "import time; time.sleep(1); print('%PDF-')")
    with ThreadPoolExecutor(2) as both:
        first = both.submit(as_pdf, "<p>Een</p>")
        while pdf._one._value:  # until the first has begun
            sleep(0.01)
        second = both.submit(as_pdf, "<p>Twee</p>", patience=0.1)
        with pytest.raises(PdfRefused, match="others_are_drawn"):
            second.result()
        assert first.result().startswith(b"%PDF-")


def test_a_page_has_a_largest_size() -> None:
    assert pdf.LARGEST == 5_000_000
    with pytest.raises(PdfRefused, match="too_large"):
        as_pdf("x" * (pdf.LARGEST + 1))
