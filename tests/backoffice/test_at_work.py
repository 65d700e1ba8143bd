"""When people of the demo do something."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from backoffice.demo.at_work import at_work
from contracts.working_days import is_working_day
from tests.contracts.test_clocks import at


def test_within_the_working_day_nothing_moves() -> None:
    assert at_work(at("di 08:00")) == at("di 08:00")
    assert at_work(at("di 16:59")) == at("di 16:59")


def test_what_falls_outside_comes_before_it_on_a_working_day_and_in_the_same_order() -> None:
    """Two weeks by the quarter of an hour, with a weekend and the clock that goes back in them."""
    start = at("2026-10-16 00:00")
    moments = [start + timedelta(minutes=15 * step) for step in range(4 * 24 * 14)]
    moved = [at_work(moment) for moment in moments]

    assert all(new <= old for new, old in zip(moved, moments, strict=True))
    assert moved == sorted(set(moved))
    here = [timezone.localtime(moment) for moment in moved]
    assert {moment.hour for moment in here} == set(range(8, 18))
    assert all(is_working_day(moment.date()) for moment in here)
