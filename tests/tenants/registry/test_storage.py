from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import Settings

from tenants.registry.context import MunicipalityRequired, in_municipality
from tenants.registry.models import Municipality


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def test_a_file_of_haarlem_is_not_there_in_utrecht(haarlem: Municipality, utrecht: Municipality) -> None:
    with in_municipality(haarlem):
        default_storage.save("besluit.txt", ContentFile(b"van Haarlem"))

    with in_municipality(utrecht):
        assert not default_storage.exists("besluit.txt")


def test_files_are_under_the_municipalitys_own_directory(haarlem: Municipality, media: Path) -> None:
    with in_municipality(haarlem):
        default_storage.save("besluit.txt", ContentFile(b"van Haarlem"))

    assert (media / "haarlem" / "besluit.txt").read_bytes() == b"van Haarlem"


def test_a_name_cannot_leave_that_directory(haarlem: Municipality) -> None:
    with pytest.raises(SuspiciousFileOperation), in_municipality(haarlem):
        default_storage.open("../utrecht/besluit.txt")


def test_outside_a_municipality_there_are_no_files(db: None) -> None:
    with pytest.raises(MunicipalityRequired):
        default_storage.exists("besluit.txt")
