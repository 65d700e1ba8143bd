"""House rules that a reader of one file would not notice broken."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:work/(?:main|shared)|root/\w|home/\w+/|tmp/(?:wt|boot)\b)")
NAMELESS = {"utils", "helpers", "common", "mixins", "base", "misc"}
# Django finds a database backend by this name.
NAMED_BY_DJANGO = {"tenants/registry/postgresql/base.py"}
ANOTHER_DOOR = re.compile(r"\b(?:schema_context|tenant_context|set_tenant|set_schema|set_schema_to_public)\b")
KEEPERS_OF_THE_DOOR = {"tenants/registry/context.py", "tenants/registry/provisioning.py"}


@cache
def sources() -> dict[str, str]:
    """Every text file that is kept in the repository, by its path."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S607
    return {path: text for path in listed.stdout.split("\0") if (text := text_of(ROOT / path)) is not None}


def text_of(path: Path) -> str | None:
    try:
        return path.read_text()
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
        return None


def code() -> dict[str, str]:
    found = {
        path: text
        for path, text in sources().items()
        if path.endswith(".py") and path.startswith(("platform/", "tenants/", "api/"))
    }
    assert found
    return found


def test_no_file_holds_the_path_of_a_machine() -> None:
    assert [path for path, text in sources().items() if MACHINE_PATH.search(text)] == []


def test_no_module_is_a_drawer() -> None:
    assert {path for path in code() if NAMELESS & set(Path(path).with_suffix("").parts)} <= NAMED_BY_DJANGO


def test_there_is_one_door_between_schemas() -> None:
    assert {path for path, text in code().items() if ANOTHER_DOOR.search(text)} <= KEEPERS_OF_THE_DOOR
