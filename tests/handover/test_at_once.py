"""Two people who do the same at once, each on a connection of his own: one did it, the other is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections, transaction
from django.utils import timezone
from psycopg2 import sql
from pytest_django import Settings

from contracts.models import InForce
from handover.ending import end_partner
from handover.models import Entry, Handover
from handover.refusals import HandoverRefused
from handover.states import Side, State
from helpdesk import acting
from helpdesk.models import ReceivedMail, Ticket, TicketEvent
from helpdesk.models.received_mail import Outcome, Stranger
from helpdesk.words import SupportLine, What
from tenants.registry.connection import connection
from tenants.registry.context import for_vendor
from tenants.registry.models import Municipality
from tests.conftest import Connected
from tests.contracts.agreed import agreed, made, offered
from tests.handover.agreements import promise
from tests.handover.moves import Cast, bring_to, cast_of, do, do_tasks, known_person
from tests.helpdesk.mail.letters import address_of, arrives, letter, use_addresses
from tests.helpdesk.tickets import REPORTER, told, who
from tests.people import House, member, partner_organisation
from tests.tenants.accounts.test_at_once import wait_until_blocked

PATIENCE_SECONDS = 20
LEFT = (
    "contracts_contract",
    "contracts_servicelevel",
    "contracts_calendar",
    "handover_task",
    "handover_entry",
    "handover_handover",
    "helpdesk_ticket",
    "contracts_vendorchange",
    "vendor_api_webhookevent",
    "accounts_user",
    "backoffice_logline",
)


@pytest.fixture
def committed(committing: Municipality, owner_connection: Connected) -> Iterator[Cast]:
    """In tables that another connection sees; afterwards Haarlem is back where it was."""
    before = committing.vendor_id
    yield cast_of(committing)
    with owner_connection(), connection.cursor() as cursor:
        for table in LEFT:
            cursor.execute(sql.SQL("TRUNCATE public.{} CASCADE").format(sql.Identifier(table)))
        cursor.execute(
            "UPDATE registry_municipality SET vendor_id = %s, implementation_partner_id = NULL"
            " WHERE schema_name = 'haarlem'",
            [before],
        )
        cursor.execute("DELETE FROM registry_organisation WHERE name IN ('Dimpact', 'Partner')")


@pytest.mark.parametrize(("state", "key"), [(State.AANGEVRAAGD, "aanvaarden"), (State.GEPLAND, "overdragen")])
def test_of_two_at_once_one_does_it(committed: Cast, state: State, key: str) -> None:
    pk = bring_to(committed, state)
    if key == "overdragen":
        do_tasks(committed, pk)

    def second() -> str:
        try:
            do(committed, pk, key, Side.NEW, seen=state)
        except HandoverRefused as refused:
            return str(refused)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        with transaction.atomic():
            do(committed, pk, key, Side.NEW, seen=state)
            answer = elsewhere.submit(second)
            wait_until_blocked(answer)
        told = answer.result(timeout=PATIENCE_SECONDS)

    assert "intussen" in told
    assert Entry.objects.filter(handover=pk, act=key).count() == 1
    assert Handover.objects.get(pk=pk).state != state


def test_who_replies_or_reports_meanwhile_does_so_at_the_new_side(committed: Cast) -> None:
    """The reporter's words wait for the moment, and go to who has it then; the old side's do not."""
    pk = bring_to(committed, State.GEPLAND)
    do_tasks(committed, pk)
    sam = member(House.of(None), "helpdesk", "sam@x.example")
    by, municipality = who(sam), Municipality.objects.get(pk=committed.municipality.pk)
    ticket = acting.report(municipality, told(), who=by, now=timezone.now())

    def meanwhile(act: Callable[[], object]) -> object:
        with for_vendor():
            try:
                return act()
            except Ticket.DoesNotExist as gone:
                return gone
            finally:
                connections.close_all()

    acts: list[Callable[[], object]] = [
        lambda: acting.reply(ticket, "Nog steeds.", who=REPORTER, now=timezone.now()),
        lambda: acting.answer(ticket, "Wij kijken.", who=by, now=timezone.now()),
        lambda: acting.report(municipality, told(), who=REPORTER, now=timezone.now()),
    ]
    with ThreadPoolExecutor(max_workers=len(acts)) as elsewhere:
        with transaction.atomic():
            do(committed, pk, "overdragen", Side.NEW)
            waiting = [elsewhere.submit(meanwhile, act) for act in acts]
            wait_until_all_wait(len(acts))
        replied, answered, made = (each.result(timeout=PATIENCE_SECONDS) for each in waiting)

    assert isinstance(answered, Ticket.DoesNotExist)
    assert [each.what for each in ticket.events.order_by("pk")] == [What.RECEIVED, What.MOVED, What.REPLIED]
    assert isinstance(replied, TicketEvent)
    assert isinstance(made, Ticket)
    assert made.organisation == committed.new


def test_a_mail_of_who_leaves_waits_for_the_moment_and_says_nothing(
    committed: Cast, settings: Settings, tmp_path: Path
) -> None:
    """It is there for the new side to decide about, and the old one does not read it."""
    use_addresses(settings, tmp_path)
    pk = bring_to(committed, State.GEPLAND)
    do_tasks(committed, pk)
    sam = member(House.of(None), "helpdesk", "sam@x.example")
    municipality = Municipality.objects.get(pk=committed.municipality.pk)
    ticket = acting.report(municipality, told(), who=who(sam), now=timezone.now())

    def mailed() -> None:
        with for_vendor():
            arrives(letter("Ik weet nog iets.", sender="sam@x.example"), address_of(ticket))

    at_once(lambda: do(committed, pk, "overdragen", Side.NEW), mailed)

    mail = ReceivedMail.objects.get()
    assert (mail.outcome, mail.stranger) == (Outcome.WAITS, Stranger.NOT_OF_TICKET)
    assert mail.organisation == committed.new
    assert ticket.events.latest("pk").what == What.MOVED


def wait_until_all_wait(count: int) -> None:
    """Some for this connection, and some for who waits for the same."""
    with connection.cursor() as cursor:
        for _ in range(PATIENCE_SECONDS * 100):
            cursor.execute("SELECT FROM pg_locks WHERE NOT granted")
            if cursor.rowcount >= count:
                return
            time.sleep(0.01)
    raise AssertionError("Not all of them waited.")


@pytest.mark.parametrize("comes_first", [True, False])
def test_what_is_signed_meanwhile_holds_from_the_move_on(
    committed: Cast, comes_first: bool
) -> None:  # a case
    """The one that comes second waits, and finds what the other did."""
    pk = bring_to(committed, State.GEPLAND)
    do_tasks(committed, pk)
    prepared = offered(
        made(
            committed.municipality,
            organisation=committed.new,
            service_level_version=promise(committed.new),
        )
    )

    def moved() -> None:
        do(committed, pk, "overdragen", Side.NEW)

    def signs() -> None:
        with for_vendor():
            agreed(prepared)

    first, second = (moved, signs) if comes_first else (signs, moved)
    at_once(first, second)

    assert InForce.objects.filter(version=prepared, municipality=committed.municipality).exists()


def test_a_report_handed_to_a_partner_that_leaves_comes_back_with_the_others(committed: Cast) -> None:
    partner, sam = partner_organisation(), member(House.of(None), "helpdesk", "sam@x.example")
    Municipality.objects.filter(pk=committed.municipality.pk).update(implementation_partner=partner)
    municipality, now = Municipality.objects.get(pk=committed.municipality.pk), timezone.now()
    ticket = acting.report(municipality, told(), who=who(sam), now=now)

    def handed() -> None:
        to = acting.To(SupportLine.SECOND, partner)
        acting.hand_over(ticket, to, "Lees.", who=who(sam), now=timezone.now())

    def ended() -> None:
        former = known_person(committed.former)
        with for_vendor():
            end_partner(municipality, partner, reason="Weg.", person=former, now=timezone.now())

    at_once(handed, ended)

    assert Ticket.objects.get(pk=ticket.pk).organisation == municipality.vendor


def at_once(first: Callable[[], None], second: Callable[[], None]) -> None:
    """The second waits for what the first did and did not finish."""

    def other() -> str:
        try:
            second()
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        with for_vendor(), transaction.atomic():
            first()
            waiting = elsewhere.submit(other)
            wait_until_blocked(waiting)
        waiting.result(timeout=PATIENCE_SECONDS)


def test_a_hand_over_waits_for_who_is_writing(committed: Cast) -> None:
    """What was begun at the old side is done there, and goes along."""
    pk = bring_to(committed, State.GEPLAND)
    do_tasks(committed, pk)
    municipality = Municipality.objects.get(pk=committed.municipality.pk)

    def second() -> str:
        try:
            do(committed, pk, "overdragen", Side.NEW)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        with for_vendor(), transaction.atomic():
            made = acting.report(municipality, told(), who=REPORTER, now=timezone.now())
            over = elsewhere.submit(second)
            wait_until_blocked(over)
        over.result(timeout=PATIENCE_SECONDS)

    assert Ticket.objects.get(pk=made.pk).organisation == committed.new
    assert made.events.filter(what=What.MOVED).exists()
