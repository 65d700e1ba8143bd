"""The figures of a month: clocks that were met or late, and the credit that follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.clocks import Event, clocks
from contracts.running import Clock, ClockKind, Happening, Target
from contracts.working_time import Hours
from service_reports.availability import Availability, DayCount
from service_reports.calculating import Period, calculate, credit_of, fee_of
from service_reports.figures import Credit, Figures, Kept, Promise, Step, TicketFigures, Work
from service_reports.snapshot import from_json, to_json

HERE = ZoneInfo("Europe/Amsterdam")
OFFICE = Hours(HERE, week=(*(((7 * 60, 18 * 60),),) * 5, (), ()))
STEPS = (Step(Decimal("99.5"), Decimal(5)), Step(Decimal(99), Decimal(10)))
TARGET = Target(OFFICE, {ClockKind.RESPONSE: 60, ClockKind.RESOLUTION: 8 * 60})
NOVEMBER_STARTS, NOVEMBER_ENDS = (
    datetime(2026, 10, 31, 23, tzinfo=UTC),
    datetime(2026, 11, 30, 23, tzinfo=UTC),
)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30), NOVEMBER_STARTS, NOVEMBER_ENDS)
KEPT = Availability((DayCount(date(2026, 11, 2), up=10_000),))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def promise(steps: tuple[Step, ...] = STEPS, fee_cents: int = 100_000) -> Promise:
    return Promise("OC-2026-0118", "Plus", 2, "Altijd", Decimal("99.5"), steps, fee_cents)


def measured(up: int, down: int, gaps: int = 0) -> Availability:
    return Availability((DayCount(date(2026, 11, 2), up=up, down=down, gaps=gaps),))


def ticket(*events: Event, number: str = "2043", end: datetime = NOVEMBER_ENDS) -> TicketFigures:
    found = clocks(events, lambda _: {"P1": TARGET, "P2": TARGET}, now=end)
    solved = [each.at for each in events if each.what is Happening.SOLVED]
    return TicketFigures(
        number, events[0].at, solved[-1] if solved else None, not solved, waits=False, clocks=found
    )


def received(moment: str, priority: str = "P2") -> Event:
    return Event(at(moment), Happening.RECEIVED, priority)


def made_of(*tickets: TicketFigures, period: Period = NOVEMBER, of: Availability = KEPT) -> Figures:
    return calculate(period, availability=of, tickets=tickets, promise=promise(), work=Work())


# Clocks -----------------------------------------------------------------------------------------


def test_a_clock_that_was_met_counts_in_the_month_in_which_it_was_met() -> None:
    events = [received("2026-11-02 09:00"), Event(at("2026-11-02 10:00"), Happening.SOLVED)]

    figures = made_of(ticket(*events))

    assert figures.kept == (Kept("P2", ClockKind.RESPONSE, 1, 0), Kept("P2", ClockKind.RESOLUTION, 1, 0))
    assert (figures.met, figures.late, figures.reported, figures.solved) == (2, 0, 1, 1)


def test_a_clock_that_was_late_is_told_with_why_it_was_due() -> None:
    events = [received("2026-11-02 09:00"), Event(at("2026-11-02 10:01"), Happening.SOLVED)]

    (breach,) = made_of(ticket(*events)).breaches

    assert (breach.ticket, breach.kind, breach.due) == ("2043", ClockKind.RESPONSE, at("2026-11-02 10:00"))
    assert breach.done == at("2026-11-02 10:01")
    assert [each.counted for each in breach.lines] == [61 * 60]


def test_a_clock_that_became_late_and_still_runs_is_a_breach() -> None:
    figures = made_of(ticket(received("2026-11-02 09:00")))

    assert figures.late == 2
    assert [each.done for each in figures.breaches] == [None, None]
    assert figures.still_open == 1


def test_a_clock_that_still_runs_is_not_decided() -> None:
    figures = made_of(ticket(received("2026-11-30 17:30")))

    assert (figures.kept, figures.reported) == ((), 1)


def test_a_clock_that_lapsed_does_not_count() -> None:
    events = [received("2026-11-02 09:00"), Event(at("2026-11-02 09:30"), Happening.WITHDRAWN)]

    assert made_of(ticket(*events)).kept == ()


@pytest.mark.parametrize(("solved", "counts"), [("2026-11-30 23:59:59", True), ("2026-12-01 00:00", False)])
def test_what_happens_at_the_end_of_the_month_itself_is_of_the_next(solved: str, counts: bool) -> None:
    always = Target(Hours(HERE, always=True), {ClockKind.RESPONSE: 600})
    events = [received("2026-11-30 23:00"), Event(at(solved), Happening.SOLVED)]
    found = clocks(events, lambda _: {"P2": always}, now=NOVEMBER_ENDS)
    figures = made_of(TicketFigures("1", events[0].at, events[1].at, False, waits=False, clocks=found))

    assert (figures.met, figures.solved) == ((1, 1) if counts else (0, 0))


months = st.integers(1, 27).map(lambda day: datetime(2026, 11, day, 8, 30, tzinfo=UTC))


@given(months, st.integers(1, 60 * 24 * 60))
def test_a_clock_counts_in_one_month_and_no_other(start: datetime, minutes: int) -> None:
    events = [
        Event(start, Happening.RECEIVED, "P2"),
        Event(start + timedelta(minutes=minutes), Happening.SOLVED),
    ]
    month_of = [
        NOVEMBER,
        Period(date(2026, 12, 1), date(2026, 12, 31), NOVEMBER_ENDS, datetime(2026, 12, 31, 23, tzinfo=UTC)),
        Period(
            date(2027, 1, 1),
            date(2027, 1, 31),
            datetime(2026, 12, 31, 23, tzinfo=UTC),
            datetime(2027, 1, 31, 23, tzinfo=UTC),
        ),
    ]

    found = [made_of(ticket(*events, end=each.end), period=each) for each in month_of]

    assert sum(each.met + each.late for each in found) == 2
    assert sum(each.reported for each in found) == sum(each.solved for each in found) == 1


# Credit -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("up", "down", "cents"),
    [
        (9_950, 50, 0),  # exactly on the first step
        (99_499, 501, 5_000),
        (9_900, 100, 5_000),  # exactly on the second
        (98_999, 1_001, 10_000),
        (0, 10, 10_000),
        (10, 0, 0),
        (0, 0, 0),  # nothing was measured
    ],
)
def test_a_credit_follows_from_the_step_below_which_it_was(up: int, down: int, cents: int) -> None:
    assert credit_of(measured(up, down), promise()).cents == cents


def test_the_step_that_gave_the_credit_is_told() -> None:
    assert credit_of(measured(98, 2), promise()) == Credit(10_000, STEPS[1])


def test_steps_in_another_order_give_the_same() -> None:
    assert credit_of(measured(98, 2), promise(STEPS[::-1])) == credit_of(measured(98, 2), promise())


def test_without_steps_there_is_no_credit() -> None:
    assert credit_of(measured(1, 99), promise(())) == Credit()


@pytest.mark.parametrize(("fee", "cents"), [(10, 1), (9, 0), (30, 2), (29, 1)])
def test_half_a_cent_is_rounded_up(fee: int, cents: int) -> None:
    """Five per cent of it."""
    assert credit_of(measured(99_400, 600), promise(fee_cents=fee)).cents == cents


def test_gaps_give_no_credit_by_themselves() -> None:
    assert credit_of(measured(100, 0, gaps=10_000), promise()).cents == 0


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 10**9))
def test_who_was_down_longer_never_gives_less(up: int, down: int, fee: int) -> None:
    less = credit_of(measured(up + 1, down), promise(fee_cents=fee))
    more = credit_of(measured(up + 1, down + 1), promise(fee_cents=fee))

    assert 0 <= less.cents <= more.cents <= fee


@pytest.mark.parametrize(
    ("yearly", "first", "last", "days", "cents"),
    [
        (1_200_000, date(2026, 11, 1), date(2026, 11, 30), 30, 100_000),
        (1_200_000, date(2026, 11, 16), date(2026, 11, 30), 30, 50_000),
        (1_200_000, date(2026, 11, 30), date(2026, 11, 30), 30, 3_333),
        (6, date(2026, 11, 1), date(2026, 11, 30), 30, 1),  # half a cent
        (5, date(2026, 11, 1), date(2026, 11, 30), 30, 0),
        (0, date(2026, 11, 1), date(2026, 11, 30), 30, 0),
    ],
)
def test_the_fee_of_a_month_is_a_twelfth_of_the_days_that_the_contract_held(
    yearly: int, first: date, last: date, days: int, cents: int
) -> None:
    assert fee_of(yearly, Period(first, last, NOVEMBER_STARTS, NOVEMBER_ENDS), days) == cents


# What is kept -----------------------------------------------------------------------------------


def all_kinds() -> Sequence[TicketFigures]:
    waits = ticket(received("2026-11-03 09:00"), number="2044")
    return [
        ticket(received("2026-11-02 09:00"), Event(at("2026-11-04 10:01"), Happening.SOLVED)),
        TicketFigures("2044", waits.reported_at, None, is_open=True, waits=True, clocks=waits.clocks),
    ]


def test_figures_come_back_as_they_were_kept() -> None:
    figures = calculate(
        NOVEMBER, availability=measured(98, 2, 3), tickets=all_kinds(), promise=promise(), work=Work(90, 600)
    )

    assert from_json(to_json(figures)) == figures
    assert figures.breaches
    assert figures.waiting == 1


def test_no_clock_of_a_breach_lacks_its_moment() -> None:
    late: list[Clock] = [clock for each in all_kinds() for clock in each.clocks]

    assert all(clock.due for clock in late if clock.outcome == "te_laat")
