"""Both sides of a report at once, each on his own connection: one comes after the other; clocks are right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction
from django.utils import timezone
from psycopg2 import sql

from helpdesk.acting import ask, solve
from helpdesk.models import Ticket, TicketClock, TicketEvent
from helpdesk.reporting import Said, report, say
from helpdesk.storing import clocks_of, rows_of
from tenants.accounts.models import Membership
from tenants.registry.connection import connection
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.conftest import Connected
from tests.helpdesk.reported import contract_for, person, reported, told, who
from tests.people import House, member
from tests.tenants.accounts.test_at_once import PATIENCE_SECONDS, wait_until_blocked

LEFT = (
    "helpdesk_ticket",
    "contracts_contract",
    "contracts_servicelevel",
    "contracts_calendar",
    "accounts_user",
    "backoffice_logline",
)
Act = Callable[[], object]


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """No test transaction here: what is written is seen by others."""


@pytest.fixture
def handler(committing: Municipality, owner_connection: Connected) -> Iterator[Membership]:
    yield member(House.of(None), "helpdesk", "sam@leverancier.example")
    with owner_connection(), connection.cursor() as cursor:
        for table in LEFT:
            cursor.execute(sql.SQL("TRUNCATE public.{} CASCADE").format(sql.Identifier(table)))


@pytest.fixture
def reporter(committing: Municipality) -> Membership:
    return member(House.of(committing), "beheerder", "lia@haarlem.example")


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor
        executor.submit(connections.close_all).result()


def assert_clocks_follow(ticket: Ticket) -> None:
    events = list(TicketEvent.objects.filter(ticket=ticket).order_by("at"))
    found = rows_of(clocks_of(events, ticket.service_level_version, now=events[-1].at))
    stored = TicketClock.objects.filter(ticket=ticket).order_by("place")
    assert [(row.kind, row.outcome, row.used_seconds, row.due_at) for row in stored] == [
        (row.kind, row.outcome, row.used_seconds, row.due_at) for row in found
    ]


def after_each_other(
    elsewhere: ThreadPoolExecutor, first: tuple[House, Act], second: tuple[House, Act]
) -> None:
    """The second comes while the first has not committed, and waits."""

    def act() -> str:
        with second[0].entered():
            return str(second[1]())

    with first[0].entered(), transaction.atomic():
        first[1]()
        waiting = elsewhere.submit(act)
        wait_until_blocked(waiting)
    waiting.result(timeout=PATIENCE_SECONDS)


def test_a_question_and_an_answer_at_once(
    committing: Municipality, handler: Membership, reporter: Membership, elsewhere: ThreadPoolExecutor
) -> None:
    contract_for(committing, timezone.now())
    ticket = reported(committing, reporter)
    at_haarlem, at_vendor = House.of(committing), House.of(None)
    asker, sender = who(handler), person(reporter, at_haarlem)

    after_each_other(
        elsewhere,
        (at_vendor, lambda: ask(ticket, "Welke zaak?", who=asker, now=timezone.now())),
        (
            at_haarlem,
            lambda: say(ticket, "reply", Said("ZAAK-1"), once=uuid4(), person=sender, now=timezone.now()),
        ),
    )

    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_question) == ("in_behandeling", "")
    assert_clocks_follow(ticket)


def test_an_answer_and_a_solution_at_once(
    committing: Municipality, handler: Membership, reporter: Membership, elsewhere: ThreadPoolExecutor
) -> None:
    contract_for(committing, timezone.now())
    ticket = reported(committing, reporter)
    at_haarlem, at_vendor = House.of(committing), House.of(None)
    solver, sender = who(handler), person(reporter, at_haarlem)

    after_each_other(
        elsewhere,
        (
            at_haarlem,
            lambda: say(ticket, "reply", Said("ZAAK-1"), once=uuid4(), person=sender, now=timezone.now()),
        ),
        (
            at_vendor,
            lambda: solve(ticket, "Klaar.", cause="x", solution="y", who=solver, now=timezone.now()),
        ),
    )

    ticket.refresh_from_db()
    assert ticket.status == "opgelost"
    assert_clocks_follow(ticket)


def test_one_form_that_is_sent_twice_at_once(
    committing: Municipality, handler: Membership, reporter: Membership, elsewhere: ThreadPoolExecutor
) -> None:
    once, house = uuid4(), House.of(committing)
    sender = person(reporter, house)

    def send(key: UUID = once) -> object:
        return report(told(), once=key, person=sender, now=timezone.now())

    after_each_other(elsewhere, (house, send), (house, send))

    with for_vendor():
        assert Ticket.objects.count() == 1
