"""Files of others, fetched with `npm pack` as infra/assets.toml names them. Called by infra/vendor-assets."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = ROOT / "infra" / "assets.toml"
TIMEOUT_SECONDS = 120


def assets() -> list[dict[str, str]]:
    return list(tomllib.loads(MANIFEST.read_text())["file"])


def fetch(asset: dict[str, str], folder: Path) -> bytes:
    """The one file of the package; npm compares the package with the registry's own hash."""
    packed = subprocess.run(  # noqa: S603  # names and versions are those of our own manifest
        ["npm", "pack", "--silent", f"{asset['package']}@{asset['version']}"],  # noqa: S607
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
    )
    with tarfile.open(folder / packed.stdout.strip()) as archive:
        member = archive.extractfile(f"package/{asset['path']}")
        if member is None:
            raise FileNotFoundError(asset["path"])
        return member.read()


def vendor(asset: dict[str, str]) -> bool:
    """Whether the file is the one that the manifest promises; only then it is put in its place."""
    with tempfile.TemporaryDirectory() as folder:
        content = fetch(asset, Path(folder))
    found = hashlib.sha256(content).hexdigest()
    if found != asset["sha256"]:
        sys.stderr.write(
            f"{asset['to']}: sha256 is {found}, the manifest says {asset['sha256'] or 'nothing'}\n"
        )
        return False
    target = ROOT / asset["to"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return True


if __name__ == "__main__":
    arrived = [vendor(asset) for asset in assets()]
    sys.exit(not all(arrived))
