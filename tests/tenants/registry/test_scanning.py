"""Speaking with a scanner for viruses: what it answers, and all that can go wrong between us."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from tenants.registry import scanning
from tenants.registry.scanning import (
    MEBIBYTE,
    UNNAMED,
    ScannerSilent,
    TooLargeToScan,
    is_scanning,
    most_bytes,
    virus_in,
)
from tests.clamd import VIRUS


def scanned(content: bytes) -> str:
    return virus_in([content[:3], content[3:]], omvang=len(content))


def test_there_is_none_unless_the_deployment_says_where() -> None:
    assert not is_scanning()


@pytest.mark.parametrize("how", ["path", "port"])
def test_what_is_in_content_is_told_by_its_name(clamd: dict[str, str], settings: Settings, how: str) -> None:
    settings.CLAMAV = clamd[how]

    assert is_scanning()
    assert scanned(b"een brief") == scanned(b"") == ""
    assert scanned(b"een EICAR") == VIRUS
    assert scanned(b"een NAMELESS") == UNNAMED
    assert virus_in([bytes(3 * MEBIBYTE), b"EICAR"], omvang=3 * MEBIBYTE + 5) == VIRUS


@pytest.mark.parametrize("word", [b"DIES", b"GARBAGE", b"ENDLESS"])
def test_no_answer_that_is_understood_is_none(clamd: dict[str, str], word: bytes) -> None:
    with pytest.raises(ScannerSilent):
        scanned(b"een " + word)
    with pytest.raises(ScannerSilent):
        virus_in([b"een " + word, *[bytes(MEBIBYTE)] * 8], omvang=8 * MEBIBYTE + 20)


def test_a_scanner_that_is_slow_is_not_waited_for(
    clamd: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ScannerSilent, match="TimeoutError"):
        virus_in([b"SLOW"], omvang=4, seconds=0)
    monkeypatch.setattr(scanning, "SILENT_SECONDS", 0.2)
    with pytest.raises(ScannerSilent, match="TimeoutError"):
        scanned(b"SLOW")


@pytest.mark.parametrize("where", ["nobody", "no path"])
def test_a_scanner_that_is_not_there_is_silent(clamd: dict[str, str], settings: Settings, where: str) -> None:
    settings.CLAMAV = clamd[where]

    with pytest.raises(ScannerSilent):
        scanned(b"een brief")


def test_content_over_the_limit_is_not_sent(clamd: dict[str, str], settings: Settings) -> None:
    settings.CLAMAV_MOST_MIB = 1

    assert virus_in([bytes(most_bytes())], omvang=most_bytes()) == ""
    with pytest.raises(TooLargeToScan):
        virus_in([], omvang=most_bytes() + 1)
    with pytest.raises(TooLargeToScan):  # the scanner's own is smaller
        scanned(b"een LIMIT")
