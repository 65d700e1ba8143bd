"""drc-006: indicatieGebruiksrecht follows the gebruiksrechten that there are."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.documenten.conftest import DOCUMENTEN, ROOT, Archive
from tests.api.refusals import violations

RIGHTS = f"{ROOT}/gebruiksrechten"
NAME = "indicatieGebruiksrecht"

pytestmark = pytest.mark.django_db


def rights(url: str) -> dict[str, Any]:
    return {
        "informatieobject": url,
        "startdatum": "2026-01-05T00:00:00Z",
        "omschrijvingVoorwaarden": "Alleen intern",
    }


def test_it_is_not_true_by_itself(archive: Archive) -> None:
    refused = violations(archive.api.post(DOCUMENTEN, archive.body(indicatieGebruiksrecht=True)))
    assert refused == [(NAME, "missing-gebruiksrechten")]
    assert [archive.made(indicatieGebruiksrecht=each)[NAME] for each in (False, None)] == [False, None]


def test_it_comes_with_the_first_and_goes_with_the_last(archive: Archive) -> None:
    url = archive.made(indicatieGebruiksrecht=False)["url"]
    made = [archive.answered(archive.api.post(RIGHTS, rights(url)), 201)["url"] for _ in range(2)]
    assert archive.api.get(url).json()[NAME] is True
    assert archive.row(url).versie == 1

    assert archive.api.delete(made[0]).status_code == 204
    assert archive.api.get(url).json()[NAME] is True
    assert archive.api.delete(made[1]).status_code == 204
    assert archive.api.get(url).json()[NAME] is None


def test_it_is_not_denied_while_there_are_some(archive: Archive) -> None:
    url = archive.made()["url"]
    archive.api.post(RIGHTS, rights(url))
    lock = archive.locked(url)

    for denied in (False, None):
        refused = violations(archive.api.patch(url, {NAME: denied, "lock": lock}))
        assert refused == [(NAME, "existing-gebruiksrechten")]
    assert archive.api.patch(url, {NAME: True, "titel": "Anders", "lock": lock}).status_code == 200


def test_they_are_found_by_their_period(archive: Archive) -> None:
    url = archive.made()["url"]
    archive.api.post(RIGHTS, rights(url))
    found = {
        "startdatum__lte=2026-01-05T00:00:00Z": 1,
        "startdatum__lt=2026-01-05T00:00:00Z": 0,
        "startdatum__gte=2026-01-05T00:00:00Z": 1,
        "startdatum__gt=2026-01-05T00:00:00Z": 0,
        "einddatum__gt=2026-01-05T00:00:00Z": 0,
        f"informatieobject={url}": 1,
    }
    assert {query: len(archive.api.get(f"{RIGHTS}?{query}").json()) for query in found} == found
