from __future__ import annotations

import os
import re
import signal
import tempfile
from pathlib import Path

import pytest

from infra import serve
from tests.live import start


def test_when_the_front_ends_the_web_ends_too(django_db_setup: None) -> None:
    with tempfile.TemporaryDirectory(prefix="zaakplein-") as directory:
        server = start(Path(directory))
        front = int((Path(directory) / "nginx.pid").read_text())
        os.kill(front, signal.SIGTERM)

        assert server.process.wait(timeout=30) == 1


def test_asked_to_end_it_ends_well(django_db_setup: None) -> None:
    with tempfile.TemporaryDirectory(prefix="zaakplein-") as directory:
        server = start(Path(directory))
        server.process.terminate()

        assert server.process.wait(timeout=30) == 0
        assert not (Path(directory) / "nginx.pid").exists()


def test_a_directory_that_is_a_link_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path)

    with pytest.raises(SystemExit, match="another user"):
        serve.make_directory(link)


def test_nobody_else_may_enter_the_directory(tmp_path: Path) -> None:
    assert serve.make_directory(tmp_path / "made").stat().st_mode & 0o7 == 0


@pytest.mark.parametrize("network", ["10.0.0.1/8", "everybody", "10.0.0.0/33", "1; } evil {"])
def test_a_network_that_makes_no_sense_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, network: str
) -> None:
    monkeypatch.setenv("ZAAKPLEIN_TRUSTED_PROXIES", network)

    with pytest.raises(ValueError, match=r"does not appear|has host bits"):
        serve.rendered(tmp_path)


def test_nothing_is_left_to_fill_in(tmp_path: Path) -> None:
    settings = (line.partition("#")[0] for line in serve.rendered(tmp_path).splitlines())

    assert [line for line in settings if re.search(r"@\w+@", line)] == []


@pytest.mark.parametrize(("user", "written"), [(0, ["user www-data;"]), (1000, [])])
def test_started_by_root_the_front_becomes_an_ordinary_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, written: list[str]
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user)
    lines = serve.rendered(tmp_path).splitlines()

    assert [line for line in lines if line.startswith("user ")] == written
