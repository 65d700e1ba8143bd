from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.templatetags.static import static

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = tomllib.loads((ROOT / "infra" / "assets.toml").read_text())["file"]
VENDORED = ROOT / "platform/screens/static/screens/assets"
# Their licences keep them to those whose house style they are.
NOT_OURS_TO_SHIP = {"@utrecht/design-tokens", "@rijkshuisstijl-community/design-tokens"}


@pytest.mark.parametrize("asset", MANIFEST, ids=lambda asset: asset["to"])
def test_a_vendored_file_is_the_one_that_was_recorded(asset: dict[str, str]) -> None:
    assert hashlib.sha256((ROOT / asset["to"]).read_bytes()).hexdigest() == asset["sha256"]


def test_every_vendored_file_is_recorded() -> None:
    kept = {path.relative_to(ROOT).as_posix() for path in VENDORED.rglob("*") if path.is_file()}
    assert kept
    assert kept <= {asset["to"] for asset in MANIFEST}


def test_no_protected_house_style_is_shipped() -> None:
    assert {asset["package"] for asset in MANIFEST} & NOT_OURS_TO_SHIP == set()


def test_a_style_sheet_has_a_name_of_its_content() -> None:
    assert static("screens/console.css") != "/static/screens/console.css"


def test_what_was_collected_is_what_is_kept() -> None:
    """As infra/test leaves it; after a change by hand: manage.py collectstatic."""
    names = json.loads((Path(settings.STATIC_ROOT) / "staticfiles.json").read_text())["paths"]
    collected = Path(settings.STATIC_ROOT) / "screens/console.css"
    assert collected.read_bytes() == (ROOT / "platform/screens/static/screens/console.css").read_bytes()
    assert "screens/assets/fonts/ibm-plex-sans-latin-wght-normal.woff2" in names
