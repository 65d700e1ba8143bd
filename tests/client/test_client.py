"""The main job, as a caseworker application sees it: over HTTP only, with a public client library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

TRAIL = [
    ["zaak", "create"],
    ["rol", "create"],
    ["rol", "create"],
    ["status", "create"],
    ["status", "create"],
    ["resultaat", "create"],
    ["zaak", "partial_update"],
    ["status", "create"],
]

KEPT = {
    "retrieved": "Losse stoeptegel",
    "changed": "Twee losse stoeptegels",
    "replaced": ["Twee losse stoeptegels", "Ook de stoeprand"],
    "found": 1,
    "rollen": [2, 0],
    "gone": 404,
}


@pytest.fixture(scope="module")
def happened(application: Callable[[str], Any]) -> dict[str, Any]:
    return dict(application("drive.py"))


def test_a_zaak_is_handled_and_closed_at_both(happened: dict[str, Any]) -> None:
    for handled in happened["handled"]:
        zaak = handled["zaak"]
        assert zaak["einddatum"] == "2026-01-07"
        assert zaak["_expand"]["status"]["_expand"]["statustype"]["isEindstatus"] is True
        assert zaak["_expand"]["resultaat"]["_expand"]["resultaattype"]["omschrijving"] == "Verholpen"
        assert [rol["omschrijvingGeneriek"] for rol in zaak["_expand"]["rollen"]] == [
            "initiator",
            "behandelaar",
        ]


def test_each_sees_its_own_alone(happened: dict[str, Any]) -> None:
    for handled in happened["handled"]:
        own = [handled["zaak"]["url"]]
        assert (handled["listed"], handled["found"]) == (own, own)


def test_every_step_is_in_the_trail(happened: dict[str, Any]) -> None:
    assert [handled["trail"] for handled in happened["handled"]] == [TRAIL, TRAIL]


def test_the_neighbours_zaak_is_nothing_here(happened: dict[str, Any]) -> None:
    assert happened["peeked"] == [[404, 404, 400], [404, 404, 400]]


def test_a_zaak_is_kept_up_and_taken_away(happened: dict[str, Any]) -> None:
    assert happened["kept"] == [KEPT, KEPT]
