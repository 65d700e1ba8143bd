"""What an addendum changes: nothing that is signed changes without being told."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contracts.content import AGREED, Whole, digest_of, whole_of
from contracts.contract_differences import differences
from contracts.models import AnnexKind, ContractVersion, CostKind
from tenants.registry.models import Municipality
from tests.contracts.agreed import level_of, made

OF_VERSION: dict[str, Any] = {
    "start": date(2031, 1, 1),
    "end": date(2032, 1, 1),
    "renewal": "none",
    "notice_months": 7,
    "indexation": "Naar de index",
    "indexation_from": date(2031, 2, 1),
    "purchase_order": "HLM-1",
    "cost_centre": "6110",
    "callers": "Lia",
    "escalation": "Jo",
    "security_contact": "ciso@haarlem.example",
    "break_glass": "all",
    "overdraft": True,
}
OF_PARTS: dict[str, dict[str, Any]] = {
    "parties": {"name": "Kadelicht"},
    "covers": {"components": ["Zaken"]},
    "lines": {
        "kind": CostKind.OTHER,
        "label": "Iets anders",
        "quantity": 3,
        "unit": "100 GB",
        "unit_cents": 1,
        "per": "once",
    },
    "annexes": {
        "kind": AnnexKind.OVERIG,
        "name": "Een ander stuk",
        "document_version": "9",
        "valid_from": date(2031, 1, 1),
        "reference": "In de kluis",
    },
}
SAID_BESIDE = {"number", "reason"}
"""The number is in the title, why it was drawn up stands above the table."""


@pytest.fixture
def whole(haarlem: Municipality) -> Whole:
    return whole_of(made(haarlem))


def with_version(whole: Whole, **given: Any) -> Whole:
    changed: ContractVersion = copy(whole.version)
    for name, value in given.items():
        setattr(changed, name, value)
    return replace(whole, version=changed)


def with_part(whole: Whole, part: str, name: str, value: object) -> Whole:
    first, *others = getattr(whole, part)
    changed = copy(first)
    setattr(changed, name, value)
    parts: dict[str, Any] = {part: [changed, *others]}
    return replace(whole, **parts)


def told(before: Whole, after: Whole) -> list[str]:
    table = differences(before, after)
    return [] if table is None else [str(row.cells[0].value) for row in table.rows]


def test_what_stays_the_same_is_not_told(whole: Whole) -> None:
    assert told(whole, whole) == []
    assert {*OF_VERSION, *SAID_BESIDE, "service_level_version_id"} == set(AGREED)


CHANGES: list[Callable[[Whole], Whole]] = [
    *(lambda whole, n=n, v=v: with_version(whole, **{n: v}) for n, v in OF_VERSION.items()),
    *(
        lambda whole, p=part, n=n, v=v: with_part(whole, p, n, v)
        for part, values in OF_PARTS.items()
        for n, v in values.items()
    ),
]


def test_each_thing_that_is_signed_is_told_when_it_changes(whole: Whole) -> None:
    for change in CHANGES:
        after = change(whole)
        assert digest_of(after) != digest_of(whole)
        assert told(whole, after)


def test_a_level_is_told_with_all_that_it_promises(whole: Whole, haarlem: Municipality) -> None:
    """Also what is not promised any more."""
    better = level_of(haarlem.vendor_id, "Premium", response=30, resolution=None)
    after = with_version(whole, service_level_version=better, service_level_version_id=better.pk)
    targets = [
        list(each.version.service_level_version.targets.select_related("calendar")) for each in (whole, after)
    ]

    table = differences(whole, after, (targets[0], targets[1]))

    assert table is not None
    rows = {str(row.cells[0].value): [str(cell.value) for cell in row.cells[1:]] for row in table.rows}
    assert rows["P1 alles ligt stil: eerste reactie"] == ["<del>1 uur</del>", "<ins>30 minuten</ins>"]
    assert rows["P1 alles ligt stil: oplossing"] == ["<del>8 uur</del>", "<ins>niet afgesproken</ins>"]
    assert rows["P2 belangrijk deel werkt niet: kalender"][1] == "<ins>Dagen Premium</ins>"
    assert "P2 belangrijk deel werkt niet: oplossing" not in rows


def test_lines_that_are_called_alike_are_told_apart_and_summed(whole: Whole) -> None:
    (line,) = whole.lines
    double = replace(whole, lines=[line, copy(line)])

    assert set(told(whole, double)) == {"Basis +", "Samen per jaar"}
