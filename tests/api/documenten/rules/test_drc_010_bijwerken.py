"""drc-010: on a change only the lock is checked: a final document changes as any other."""

from __future__ import annotations

import pytest

from tests.api.documenten.conftest import Archive

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("scope", ["documenten.bijwerken", "documenten.geforceerd-bijwerken"])
def test_a_final_document_changes_with_either_scope(archive: Archive, scope: str) -> None:
    url = archive.stored(status="definitief")["url"]
    writer = archive.reader(scope)
    change = {"titel": "Anders", "status": "in_bewerking", "lock": archive.locked(url)}

    after = archive.answered(writer.patch(url, change), 200)
    assert (after["titel"], after["status"], after["versie"]) == ("Anders", "in_bewerking", 2)
