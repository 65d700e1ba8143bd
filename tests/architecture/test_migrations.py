"""What ``makemigrations`` writes passes the checks as it is: nobody has to edit it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.migration import Migration
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

ROOT = Path(__file__).resolve().parents[2]
OURS = {
    config.label: Path(config.path).relative_to(ROOT)
    for config in apps.get_app_configs()
    if Path(config.path).is_relative_to(ROOT) and not Path(config.path).is_relative_to(sys.prefix)
}
EMPTY = ProjectState()


@pytest.mark.parametrize("check", [["check"], ["format", "--check"]], ids=["check", "format"])
def test_a_generated_migration_passes(checkout: Path, check: list[str]) -> None:
    ruff = str(Path(sys.executable).with_name("ruff"))
    result = subprocess.run(
        [ruff, *check, "--no-cache"], cwd=checkout, text=True, capture_output=True, check=False
    )

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Our settings of ruff and, in place of our apps, what makes their models and removes them again."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    present = ProjectState.from_apps(apps)
    both = [*migrations(EMPTY, present), *migrations(present, EMPTY)]
    for number, (label, migration) in enumerate(both, start=1):
        folder = tmp_path / OURS[label] / "migrations"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__init__.py").touch()
        written = folder / f"{number:04}_generated.py"
        written.write_text(MigrationWriter(migration).as_string(), encoding="utf-8")
    assert both
    return tmp_path


def migrations(before: ProjectState, after: ProjectState) -> Iterator[tuple[str, Migration]]:
    """What leads from the one state of the models to the other, for our own apps."""
    detector = MigrationAutodetector(before, after, MigrationQuestioner(specified_apps=set(OURS)))
    for label, steps in detector.changes(graph=MigrationGraph()).items():
        if label in OURS:
            yield from ((label, step) for step in steps)
