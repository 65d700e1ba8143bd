from __future__ import annotations

import pytest

from screens.due import Due, DueKind, due, due_kind, meter


@pytest.mark.parametrize(
    ("percent", "kind"),
    [(0, DueKind.OK), (74.9, DueKind.OK), (75, DueKind.SOON), (99.9, DueKind.SOON), (100, DueKind.LATE)],
)
def test_amber_begins_at_three_quarters_and_red_at_the_end(percent: float, kind: DueKind) -> None:
    assert due_kind(percent) is kind


def test_a_clock_that_stands_still_is_grey() -> None:
    assert due_kind(80, still=True) is DueKind.STILL


def test_late_stays_late_when_it_stands_still() -> None:
    assert due_kind(100, still=True) is DueKind.LATE


@pytest.mark.parametrize(("percent", "width"), [(-5, 0), (0, 0), (62, 62), (100, 100), (140, 100)])
def test_a_meter_stays_within_its_bar(percent: float, width: int) -> None:
    assert f'<rect width="{width}"' in meter(percent)


def test_a_due_without_part_has_no_bar() -> None:
    assert "zp-meter" not in due(Due(DueKind.OK, "vandaag 15:00"))


def test_words_of_a_due_are_escaped() -> None:
    assert "&lt;b&gt;" in due(Due(DueKind.OK, "<b>", 10))
