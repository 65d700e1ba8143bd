"""Whoever keeps files of a municipality does so on a disk and in a bucket alike."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse
from django.utils import timezone
from pytest_django import Settings

from api.catalogi.exchange import later
from backoffice.inside import letter_of, look_inside
from contracts import annex_files
from helpdesk.attachments import as_download, forget, kept
from tenants.onboarding.letter import LETTER
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.objects import in_bucket

PDF = b"%PDF-1.7 bijlage"


@pytest.fixture(params=["disk", "bucket"], autouse=True)
def kind(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> None:
    """Of the storage that is called default."""
    settings.MEDIA_ROOT = str(tmp_path)
    if request.param == "bucket":
        objects, bucket = request.getfixturevalue("objects"), request.getfixturevalue("bucket")
        settings.STORAGES = {**settings.STORAGES, "default": in_bucket("default", objects, bucket)}


def test_an_annex_is_kept_for_each_environment(haarlem: Municipality, utrecht: Municipality) -> None:
    of_contract = annex_files.keep(PDF, [haarlem])
    annex_files.spread(of_contract.key, [haarlem, utrecht])

    assert annex_files.read(of_contract.key, [utrecht]) == PDF
    with in_municipality(utrecht):
        assert annex_files.read_inside(of_contract.key) == PDF
        assert annex_files.read_inside("contracten/weg.pdf") is None


def test_an_attachment_is_kept_given_and_forgotten(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        with kept([ContentFile(b"schermafdruk", name="scherm.png")]) as (file,):
            pass
        answer = as_download(key=file.key, name=file.name, content_type=file.content_type)
        assert content_of(answer) == b"schermafdruk"
        assert answer["Content-Disposition"] == 'attachment; filename="scherm.png"'
        forget([file.key])
        with pytest.raises(FileNotFoundError):
            as_download(key=file.key, name=file.name, content_type=file.content_type)


def content_of(answer: FileResponse) -> bytes:
    whole = b"".join(answer)
    answer.close()
    return whole


def test_a_letter_is_found_where_there_is_one(haarlem: Municipality) -> None:
    assert letter_of(haarlem) is None
    with in_municipality(haarlem):
        default_storage.save(LETTER, ContentFile(PDF))

    assert letter_of(haarlem) == PDF
    inside = look_inside(haarlem)
    assert inside is not None
    assert inside.has_letter


def test_what_an_import_left_is_forgotten_in_time(haarlem: Municipality) -> None:
    with in_municipality(haarlem):
        later._forget_old(timezone.now())
        default_storage.save(f"{later.DIRECTORY}/verslag.json", ContentFile(b"{}"))
        later._forget_old(timezone.now())
        assert names() == ["verslag.json"]

        later._forget_old(timezone.now() + later.KEPT_FOR + timedelta(minutes=1))
        assert names() == []


def names() -> Any:
    return default_storage.listdir(later.DIRECTORY)[1]
