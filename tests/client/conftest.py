"""Programs of other houses, in an environment of their own."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = Path(__file__).with_name("requirements.lock")

Application = Callable[[str], Any]
"""From the name of a program to what it wrote."""


@pytest.fixture(scope="session")
def environment() -> Path:
    """The Python of other houses' programs; their environment is made once for each lock."""
    place = ROOT / ".local" / f"client-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"
    python = place / "bin" / "python"
    if not (place / "complete").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(place)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)]
        subprocess.run(install, check=True)
        (place / "complete").touch()
    return python


@pytest.fixture(scope="module")
def application(environment: Path, deployment: list[dict[str, str]]) -> Application:
    """Runs one of the programs at both municipalities: ``application("drive.py")``."""

    def run(program: str) -> Any:
        ran = subprocess.run(
            [str(environment), str(LOCK.with_name(program))],
            input=json.dumps(deployment),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return run
