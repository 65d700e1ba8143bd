"""Two people at once, each on his own connection: the second reads what the first did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone
from psycopg2 import sql

from helpdesk import acting
from helpdesk.models import Ticket, TicketClock, TicketEvent, Warned
from helpdesk.refusals import TicketRefused
from helpdesk.warning import warn
from helpdesk.words import Status
from tenants.accounts.models import Membership
from tenants.registry.connection import connection
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.conftest import Connected
from tests.helpdesk.tickets import at, fresh, level, make, who
from tests.people import House, member
from tests.tenants.accounts.test_at_once import PATIENCE_SECONDS, wait_until_blocked

LEFT = (
    "helpdesk_ticket",
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
def people(committing: Municipality, owner_connection: Connected) -> Iterator[tuple[Membership, Membership]]:
    """Two of the vendor, who are gone again afterwards with all that they did."""
    of_vendor = House.of(None)
    yield (
        member(of_vendor, "helpdesk", "sam@leverancier.example"),
        member(of_vendor, "operatie", "jo@leverancier.example"),
    )
    with owner_connection(), connection.cursor() as cursor:
        for table in LEFT:
            cursor.execute(sql.SQL("TRUNCATE public.{} CASCADE").format(sql.Identifier(table)))


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor
        executor.submit(connections.close_all).result()


def at_once(elsewhere: ThreadPoolExecutor, first: Act, second: Act) -> str:
    """What the second is told, who came while the first had not committed; empty where he did it too."""

    def act() -> str:
        with for_vendor():
            try:
                second()
            except TicketRefused as refused:
                return str(refused)
            return ""

    with for_vendor(), transaction.atomic():
        first()
        waiting: Future[str] = elsewhere.submit(act)
        wait_until_blocked(waiting)
    return waiting.result(PATIENCE_SECONDS)


def by(membership: Membership) -> dict[str, Any]:
    return {"who": who(membership), "now": timezone.now()}


def test_two_who_answer_at_once_do_not_answer_past_each_other(
    committing: Municipality, people: tuple[Membership, Membership], elsewhere: ThreadPoolExecutor
) -> None:
    ticket = make(committing, people[0])
    seen, (first, second) = ticket.events.get().pk, (by(each) for each in people)

    told = at_once(
        elsewhere,
        lambda: acting.answer(ticket, "Wij kijken.", seen=seen, **first),
        lambda: acting.ask(ticket, "Welke zaak?", seen=seen, **second),
    )

    assert "Intussen" in told
    assert fresh(ticket).status == Status.IN_BEHANDELING


def test_two_who_pick_it_up_at_once_do_not_both_have_it(
    committing: Municipality, people: tuple[Membership, Membership], elsewhere: ThreadPoolExecutor
) -> None:
    ticket = make(committing, people[0])
    seen, (first, second) = ticket.events.get().pk, (by(each) for each in people)

    told = at_once(
        elsewhere,
        lambda: acting.pick_up(ticket, seen=seen, **first),
        lambda: acting.pick_up(ticket, seen=seen, **second),
    )

    assert "Intussen" in told
    assert fresh(ticket).owner == people[0].user


def test_a_reply_and_an_answer_at_once_are_both_kept_with_the_clocks_of_both(
    committing: Municipality, people: tuple[Membership, Membership], elsewhere: ThreadPoolExecutor
) -> None:
    ticket = make(committing, people[0], version=level())
    first, second = (by(each) for each in people)

    told = at_once(
        elsewhere,
        lambda: acting.answer(ticket, "Wij kijken.", **first),
        lambda: acting.reply(ticket, "Het is erger.", **second),
    )

    assert told == ""
    assert [each.what for each in ticket.events.in_order()] == ["ontvangen", "antwoord", "reactie"]
    places = list(TicketClock.objects.filter(ticket=ticket).values_list("place", flat=True))
    assert places == list(range(len(places)))


def test_two_merges_at_once_leave_one_that_goes_on(
    committing: Municipality, people: tuple[Membership, Membership], elsewhere: ThreadPoolExecutor
) -> None:
    """From either page: they are locked in the same order."""
    older, newer = make(committing, people[0], "di 08:00"), make(committing, people[0], "di 09:00")
    first, second = (by(each) for each in people)

    told = at_once(
        elsewhere,
        lambda: acting.merge(newer, older, **first),
        lambda: acting.merge(older, newer, **second),
    )

    assert "gaat verder als" in told
    assert (fresh(older).status, fresh(newer).merged_into) == (Status.NIEUW, older)


def test_two_workers_warn_once(
    committing: Municipality, people: tuple[Membership, Membership], elsewhere: ThreadPoolExecutor
) -> None:
    ticket = make(committing, people[0], "di 08:00", version=level())
    now = at("di 09:30")

    def other() -> bool:
        with for_vendor():
            return warn(ticket.pk, now)

    with for_vendor(), transaction.atomic():
        assert warn(ticket.pk, now)
        assert elsewhere.submit(other).result(PATIENCE_SECONDS) is False
    assert Warned.objects.count() == 1
    assert TicketEvent.objects.count() == 1
    assert Ticket.objects.count() == 1
