from __future__ import annotations

import os
from pathlib import Path

import pytest

from zaakplein.environment import MissingSetting, listed, load_local, optional, places, required, switched_on

KEY = "ZAAKPLEIN_OF_THIS_TEST"


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "")


def test_a_file_fills_in_what_the_process_leaves_empty(tmp_path: Path) -> None:
    (tmp_path / "env").write_text(f"# ours\n\n{KEY}=a=b\nnonsense\n")

    load_local(tmp_path / "env")

    assert os.environ[KEY] == "a=b"


def test_the_process_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "env").write_text(f"{KEY}=of the file\n")
    monkeypatch.setenv(KEY, "of the process")

    load_local(tmp_path / "env")

    assert os.environ[KEY] == "of the process"


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    load_local(tmp_path / "env")


def test_what_is_required_and_missing_is_named() -> None:
    with pytest.raises(MissingSetting, match=KEY):
        required(KEY)


def test_what_is_optional_has_a_default() -> None:
    assert optional(KEY, "default") == "default"


def test_a_list_has_no_empty_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "localhost, 127.0.0.1,,")

    assert listed(KEY, "") == ["localhost", "127.0.0.1"]


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("True", True), ("0", False), ("", False)])
def test_a_switch_is_off_unless_it_is_on(
    monkeypatch: pytest.MonkeyPatch, *, value: str, expected: bool
) -> None:
    monkeypatch.setenv(KEY, value)

    assert switched_on(KEY) is expected


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("", frozenset()),
        ("balie.intern:8443", {("balie.intern", 8443)}),
        ("Balie.Intern:8443, [::1]:80,", {("balie.intern", 8443), ("::1", 80)}),
    ],
)
def test_places_are_hosts_with_their_port(
    monkeypatch: pytest.MonkeyPatch, given: str, meant: set[tuple[str, int]]
) -> None:
    monkeypatch.setenv(KEY, given)

    assert places(KEY) == meant
