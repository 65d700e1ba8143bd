"""What a portal does that is built on zgw-consumers: over HTTP only, with its models and clients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(scope="module")
def served(application: Callable[[str], Any]) -> list[dict[str, Any]]:
    return list(application("consume.py"))


def test_every_type_is_read_into_its_dataclass(served: list[dict[str, Any]]) -> None:
    for each in served:
        assert len(each["zaaktypen"]) == 5
        assert each["types"] == {
            "catalogussen": 1,
            "statustypen": 4,
            "resultaattypen": 3,
            "roltypen": 3,
            "informatieobjecttypen": 12,
        }


def test_what_was_taken_in_is_listed_over_the_pages(served: list[dict[str, Any]]) -> None:
    for each in served:
        assert len(each["zaken"]) == 5
        assert each["listed"] == each["zaken"]


def test_what_a_zaak_has_is_expanded(served: list[dict[str, Any]]) -> None:
    for each in served:
        assert each["by_url"] == {
            "zaaktype": "WOO-VERZOEK",
            "statustype": 1,
            "zaak": each["zaken"][0],
            "rollen": 1,
        }


def test_what_is_created_is_read_back(served: list[dict[str, Any]]) -> None:
    for each in served:
        assert each["startdatum"] == "2026-01-05"
        assert each["rol"] == ["initiator", "111222333"]
        assert each["status"] == "2026-01-05T10:00:00+01:00"


def test_the_connection_check_answers(served: list[dict[str, Any]]) -> None:
    assert [each["connection"] for each in served] == [200, 200]


def test_refusals_say_what_is_missing(served: list[dict[str, Any]]) -> None:
    refused = [404, 400, "bronorganisatie", "required"]
    assert [each["refused"] for each in served] == [refused, refused]
