"""``.local/env``, which ``infra/up`` writes and an operator adds settings to."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

INFRA = Path(__file__).resolve().parents[2] / "infra"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "infra").symlink_to(INFRA)
    (tmp_path / ".local").mkdir()
    return tmp_path


def written(checkout: Path) -> list[str]:
    """The lines of the file once it was written anew."""
    script = "set -euo pipefail; source infra/lib/setup.sh; write_environment"
    subprocess.run(["/bin/bash", "-c", script], cwd=checkout, check=True)
    return (checkout / ".local" / "env").read_text().splitlines()


def test_what_was_written_stays_as_it_is(checkout: Path) -> None:
    first = written(checkout)

    assert written(checkout) == first


def test_a_setting_that_was_added_stays(checkout: Path) -> None:
    first = written(checkout)
    added = ["ZAAKPLEIN_STORAGES=archief", "ZAAKPLEIN_DATABASE_MOST_VISITED=50"]
    with (checkout / ".local" / "env").open("a") as file:
        file.write("".join(f"{line}\n" for line in added))

    assert written(checkout) == [*first, *added]
    assert written(checkout) == [*first, *added]
