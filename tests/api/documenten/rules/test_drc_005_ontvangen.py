"""drc-005: what was received is no draft; and a draft is not signed (x-drc-04)."""

from __future__ import annotations

import pytest

from tests.api.documenten.conftest import DOCUMENTEN, Archive
from tests.api.refusals import violations

pytestmark = pytest.mark.django_db

SIGNED = {"soort": "digitaal", "datum": "2026-01-06"}


@pytest.mark.parametrize("status", ["in_bewerking", "ter_vaststelling"])
def test_a_draft_was_not_received_and_is_not_signed(archive: Archive, status: str) -> None:
    received = archive.body(ontvangstdatum="2026-01-05", status=status)
    signed = archive.body(ondertekening=SIGNED, status=status)

    assert violations(archive.api.post(DOCUMENTEN, received)) == [("status", "invalid_for_received")]
    assert violations(archive.api.post(DOCUMENTEN, signed)) == [("ondertekening", "invalid")]
    empty = archive.body(ontvangstdatum=None, ondertekening={"soort": "", "datum": None}, status=status)
    assert archive.api.post(DOCUMENTEN, empty).status_code == 201


@pytest.mark.parametrize("status", ["", "definitief", "gearchiveerd"])
def test_what_is_no_draft_may_be_both(archive: Archive, status: str) -> None:
    made = archive.made(ontvangstdatum="2026-01-05", ondertekening=SIGNED, status=status)
    assert (made["status"], made["ondertekening"]) == (status, SIGNED)


def test_a_change_is_held_to_it_too(archive: Archive) -> None:
    url = archive.made(ontvangstdatum="2026-01-05")["url"]
    change = {"status": "in_bewerking", "lock": archive.locked(url)}

    assert violations(archive.api.patch(url, change)) == [("status", "invalid_for_received")]
    assert archive.row(url).versie == 1
