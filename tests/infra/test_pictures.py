from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_without_a_browser_it_says_what_installs_one() -> None:
    """Python alone, as infra/up leaves it, has neither."""
    said = subprocess.run(
        [sys.executable, "-E", "-S", "-m", "infra.pictures"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert said.returncode == 1
    assert "Run infra/test once" in said.stderr
    assert "Traceback" not in said.stderr
