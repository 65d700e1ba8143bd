"""For any acts, in any order: what is stored is what the events say, and nobody sees more than he may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.clocks import clocks
from contracts.models import Priority
from contracts.working_time import working_seconds
from helpdesk import acting
from helpdesk.acting import To
from helpdesk.models import Ticket, TicketClock
from helpdesk.refusals import TicketRefused
from helpdesk.storing import Stored, as_clocks_know_them, clocks_of, first_due, rows_of
from helpdesk.words import OVER, Status, SupportLine
from tenants.accounts.models import Membership
from tenants.registry.models import Municipality
from tests.contracts.agreed import agreed, made
from tests.helpdesk.tickets import REPORTER, at, fresh, level, make, who
from tests.people import House, member

Act = Callable[[Ticket, dict[str, Any]], object]
ACTS: dict[str, Act] = {
    "answer": lambda ticket, how: acting.answer(ticket, "Wij kijken.", **how),
    "ask": lambda ticket, how: acting.ask(ticket, "Welke zaak?", **how),
    "note": lambda ticket, how: acting.note(ticket, "Kijken.", **how),
    "reply": lambda ticket, how: acting.reply(ticket, "Deze.", **{**how, "who": REPORTER}),
    "third": lambda ticket, how: acting.wait_for_third(ticket, "Op de maker.", **how),
    "plan": lambda ticket, how: acting.plan(ticket, "Straks.", label="2026.12", **how),
    "resume": lambda ticket, how: acting.resume(ticket, **how),
    "work_around": lambda ticket, how: acting.work_around(ticket, "Zo kan het.", **how),
    "solve": lambda ticket, how: acting.solve(ticket, "Klaar.", cause="Leeg.", solution="", **how),
    "dispute": lambda ticket, how: acting.dispute(ticket, "Nee.", **how),
    "confirm": lambda ticket, how: acting.confirm(ticket, **how),
    "withdraw": lambda ticket, how: acting.withdraw(ticket, "Al goed.", **how),
    "move": lambda ticket, how: _move(ticket, how["now"]),
    "pick_up": lambda ticket, how: acting.pick_up(ticket, **how),
    "hand_over": lambda ticket, how: acting.hand_over(
        ticket, To(SupportLine.SECOND, ticket.organisation), "Lees dit.", **how
    ),
    "priority": lambda ticket, how: acting.change_priority(
        ticket, Priority.P3 if ticket.priority != "P3" else Priority.P2, "Daarom.", **how
    ),
    "correct": lambda ticket, how: acting.correct(
        ticket,
        ticket.events.filter(what__in=["vraag", "derde"]).values_list("pk", flat=True).first() or 0,
        "Geen pauze.",
        **how,
    ),
}


def _move(ticket: Ticket, now: datetime) -> None:
    """To the same vendor by its contract, so that nobody loses sight of it."""
    acting.move_to_vendor(ticket.municipality, "Wie het had", now=now)


STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 12 * 60), st.booleans()), max_size=12
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(vendor: House) -> tuple[Membership, Membership]:
    """Two who may everything."""
    return member(vendor, "eigenaar", "jo@x.example"), member(vendor, "eigenaar", "bo@x.example")


@contextmanager
def undone() -> Iterator[None]:
    """So that each example begins with nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS)
def test_what_is_stored_is_what_the_events_say(
    haarlem: Municipality, people: tuple[Membership, Membership], steps: list[tuple[str, int, bool]]
) -> None:
    with undone():
        agreed(made(haarlem, service_level_version=level(), start=date(2026, 1, 1), end=date(2036, 1, 1)))
        ticket = make(haarlem, people[0], "ma 06:30", version=level())
        now = at("ma 06:30")
        assert_stored(ticket)
        for key, minutes, by_other in steps:
            now += timedelta(minutes=minutes)
            with suppress(TicketRefused):
                ACTS[key](fresh(ticket), {"who": who(people[by_other]), "now": now})
            assert_stored(ticket)


def assert_stored(ticket: Ticket) -> None:
    kept, events = fresh(ticket), list(ticket.events.in_order())
    now = max(each.at for each in events)
    version = kept.service_level_version
    found = clocks_of(events, version, now=now)
    expected = rows_of(found)
    names = Stored.__dataclass_fields__
    stored = [
        Stored(**{name: getattr(row, name) for name in names})
        for row in TicketClock.objects.filter(ticket=ticket).order_by("place")
    ]
    assert stored == expected
    due = (None, "") if kept.status in OVER else first_due(expected)
    assert (kept.next_due_at, kept.next_due_kind) == due
    assert_adds_up(ticket, now)
    assert_any_order(ticket, now)
    assert_state(kept)


def assert_adds_up(ticket: Ticket, now: Any) -> None:
    for clock in clocks_of(ticket.events.in_order(), fresh(ticket).service_level_version, now=now):
        elapsed = working_seconds(clock.target.hours, clock.start, clock.stopped or now)
        assert clock.used + clock.paused == elapsed


def assert_any_order(ticket: Ticket, now: Any) -> None:
    version = fresh(ticket).service_level_version
    told = as_clocks_know_them(list(ticket.events.order_by("-pk")), version)
    backwards = clocks(told.events, told.terms, now=now)
    assert backwards == clocks(reversed(told.events), told.terms, now=now)


def assert_state(ticket: Ticket) -> None:
    """What belongs to a state is there in that state alone."""
    assert bool(ticket.waiting_question) is (ticket.status == Status.WACHT_OP_MELDER)
    assert bool(ticket.planned_label) is (ticket.status == Status.GEPLAND)
    assert (ticket.solved_at is None) is (ticket.status not in {Status.OPGELOST, Status.GESLOTEN})
    assert (ticket.closed_at is None) is (ticket.status not in OVER)
