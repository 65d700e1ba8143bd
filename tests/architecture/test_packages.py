from __future__ import annotations

import platform
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def wheel_packages() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return list(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])


def test_the_folder_platform_is_no_package() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert platform.python_version()


def test_every_package_of_the_wheel_exists() -> None:
    assert [package for package in wheel_packages() if not (ROOT / package / "__init__.py").is_file()] == []


def test_no_installed_package_has_a_top_level_name_of_ours() -> None:
    installed = packages_distributions()
    ours = [Path(package).name for package in wheel_packages()]

    assert {name: set(installed.get(name, [])) - {"zaakplein"} for name in ours} == {
        name: set() for name in ours
    }
