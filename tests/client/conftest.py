"""An application in an environment of its own."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = Path(__file__).with_name("requirements.lock")


@pytest.fixture(scope="session")
def application() -> list[str]:
    """The command that runs the application; its environment is made once for each lock."""
    place = ROOT / ".local" / f"client-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"
    python = place / "bin" / "python"
    if not (place / "complete").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(place)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)]
        subprocess.run(install, check=True)
        (place / "complete").touch()
    return [str(python), str(LOCK.with_name("drive.py"))]
