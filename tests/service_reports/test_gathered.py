"""What the helpdesk and the ledger of hours keep, as a report counts it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from contracts.hours import book, buy, correct
from contracts.running import ClockKind
from helpdesk.models import Ticket, TicketEvent
from helpdesk.words import MOVES_CLOCKS
from service_reports.calculating import calculate
from service_reports.figures import Figures, Kept, Work
from service_reports.gathering import agreed_in, period_of, promise_of
from service_reports.hours import work_in
from service_reports.tickets import tickets_in
from tenants.accounts.person import Person, person_of
from tenants.registry.models import Municipality
from tests.helpdesk.reported import level_of, make_report
from tests.people import House, member, vendor_organisation
from tests.service_reports.reports import FIGURES, NOW, OCTOBER, signed_contract

IN_OCTOBER = period_of(OCTOBER, date(2026, 10, 31))
IN_NOVEMBER = period_of(date(2026, 11, 1), date(2026, 11, 30))
MORNING = datetime(2026, 10, 5, 6, tzinfo=UTC)
LAST_MORNING = datetime(2026, 10, 31, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


def reported(municipality: Municipality, at: datetime, **given: Any) -> Ticket:
    """With the targets of P2: two hours for an answer, four for an update, eleven for a solution."""
    level = level_of(vendor_organisation(), NOW)
    return make_report(municipality, at, **{"service_level_version": level, **given})


def happens(ticket: Ticket, what: str, at: datetime, **given: Any) -> TicketEvent:
    return TicketEvent.objects.create(
        ticket=ticket,
        municipality=ticket.municipality,
        at=at,
        recorded_at=at,
        what=what,
        side="leverancier",
        channel="intern",
        is_public=what in MOVES_CLOCKS,
        **given,
    )


def figures(municipality: Municipality, period: Any = IN_OCTOBER) -> Figures:
    return calculate(
        period,
        availability=FIGURES.availability,
        tickets=tickets_in(municipality.pk, period, municipality.vendor_id),
        promise=FIGURES.promise,
        work=Work(),
    )


def test_clocks_of_a_report_are_met_or_late_as_the_helpdesk_has_them(haarlem: Municipality) -> None:
    ticket = reported(haarlem, MORNING)
    happens(ticket, "antwoord", MORNING + HOUR)
    happens(ticket, "opgelost", MORNING + 12 * HOUR)

    found = figures(haarlem)

    assert found.kept == (
        Kept("P2", ClockKind.RESPONSE, 1, 0),
        Kept("P2", ClockKind.UPDATE, 0, 1),
        Kept("P2", ClockKind.RESOLUTION, 0, 1),
    )
    assert [(each.kind, each.due) for each in found.breaches] == [
        (ClockKind.UPDATE, MORNING + 5 * HOUR),
        (ClockKind.RESOLUTION, MORNING + 11 * HOUR),
    ]
    assert (found.reported, found.solved, found.still_open) == (1, 1, 0)


def test_a_report_that_waits_is_counted_as_waiting(haarlem: Municipality) -> None:
    ticket = reported(haarlem, LAST_MORNING)
    happens(ticket, "vraag", LAST_MORNING + HOUR)

    found = figures(haarlem)

    assert (found.still_open, found.waiting, found.late) == (1, 1, 0)


def test_an_appointment_ends_the_waiting(haarlem: Municipality) -> None:
    ticket = reported(haarlem, LAST_MORNING)
    happens(ticket, "vraag", LAST_MORNING + HOUR)
    happens(ticket, "gepland", LAST_MORNING + 2 * HOUR)

    assert figures(haarlem).waiting == 0


def test_a_wait_that_was_corrected_after_the_month_was_none_in_it(haarlem: Municipality) -> None:
    ticket = reported(haarlem, LAST_MORNING)
    asked = happens(ticket, "vraag", LAST_MORNING + HOUR)
    assert figures(haarlem).late == 0

    happens(ticket, "correctie", NOW, corrects=asked)

    assert [each.kind for each in figures(haarlem).breaches] == [ClockKind.UPDATE, ClockKind.RESOLUTION]


def test_what_happens_after_the_month_changes_nothing_in_it(haarlem: Municipality) -> None:
    ticket = reported(haarlem, IN_OCTOBER.end - HOUR)
    before = figures(haarlem)
    happens(ticket, "opgelost", IN_OCTOBER.end)

    assert figures(haarlem) == before
    assert (before.still_open, before.solved) == (1, 0)
    assert figures(haarlem, IN_NOVEMBER).solved == 1


def test_a_solution_that_is_disputed_is_none(haarlem: Municipality) -> None:
    ticket = reported(haarlem, MORNING)
    happens(ticket, "opgelost", MORNING + HOUR)
    happens(ticket, "oneens", MORNING + 2 * HOUR)

    found = figures(haarlem)

    assert (found.solved, found.still_open) == (0, 1)


@pytest.mark.parametrize("what", ["ingetrokken", "samenvoegen"])
def test_what_was_withdrawn_or_goes_on_elsewhere_is_over_and_not_late(
    haarlem: Municipality, what: str
) -> None:
    happens(reported(haarlem, MORNING), what, MORNING + HOUR)

    found = figures(haarlem)

    assert (found.reported, found.still_open, found.met, found.late) == (1, 0, 0, 0)


@pytest.mark.parametrize(("closed", "counts"), [(IN_OCTOBER.start - HOUR, 0), (IN_OCTOBER.start, 1)])
def test_what_was_over_before_the_month_is_not_read(
    haarlem: Municipality, closed: datetime, counts: int
) -> None:
    reported(haarlem, IN_OCTOBER.start - 50 * HOUR, closed_at=closed)

    assert len(tickets_in(haarlem.pk, IN_OCTOBER, haarlem.vendor_id)) == counts


def test_without_an_agreement_there_are_no_clocks(haarlem: Municipality) -> None:
    reported(haarlem, MORNING, service_level_version=None)

    found = figures(haarlem)

    assert (found.reported, found.kept) == (1, ())


def test_reports_of_a_neighbour_do_not_count(haarlem: Municipality, utrecht: Municipality) -> None:
    reported(utrecht, MORNING)

    assert figures(haarlem).reported == 0


def test_many_reports_take_few_statements(haarlem: Municipality, django_assert_max_num_queries: Any) -> None:
    level = level_of(vendor_organisation(), NOW)
    for hour in range(12):
        happens(
            reported(haarlem, MORNING + hour * HOUR, service_level_version=level),
            "antwoord",
            MORNING + 20 * HOUR,
        )

    with django_assert_max_num_queries(5):
        assert len(tickets_in(haarlem.pk, IN_OCTOBER, haarlem.vendor_id)) == 12


# Hours ------------------------------------------------------------------------------------------


@pytest.fixture
def ada(vendor: House) -> Person:
    with vendor.entered():
        found = person_of(member(vendor, "eigenaar").user)
    assert found is not None
    return found


def test_hours_of_the_month_and_what_is_left_at_its_end(haarlem: Municipality, ada: Person) -> None:
    contract = signed_contract(haarlem, start=date(2026, 1, 1))
    how: dict[str, Any] = {"who": "Ada", "why": "Inrichting", "person": ada, "now": NOW}
    buy(contract, 600, on=date(2026, 9, 1), **how)
    for day in (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1)):
        book(contract, 60, on=day, **how)
    wrong = book(contract, 30, on=date(2026, 10, 15), **how)
    correct(wrong, why="Dubbel", person=ada, now=NOW)

    assert work_in(contract, IN_OCTOBER) == Work(booked=120, left=420)
    assert work_in(contract, IN_NOVEMBER) == Work(booked=60, left=360)


def test_without_prepaid_hours_there_is_no_balance(haarlem: Municipality) -> None:
    contract = signed_contract(haarlem, start=date(2026, 1, 1))

    assert work_in(contract, IN_OCTOBER) == Work(booked=0, left=None)


def test_what_is_promised_is_told_by_its_names(haarlem: Municipality) -> None:
    contract = signed_contract(haarlem, start=date(2026, 1, 1))
    agreed = agreed_in(haarlem.pk, OCTOBER)

    assert agreed is not None
    assert promise_of(agreed).contract == contract.number
