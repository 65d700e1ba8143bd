"""Reports are kept apart by the database itself: from neighbours, and internal words from the gemeente."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from psycopg2 import sql

from helpdesk import acting
from helpdesk.models import Attachment, Ticket, TicketClock, TicketEvent
from helpdesk.words import Channel, Side, What
from tenants.accounts.models import Membership
from tenants.registry.connection import connection
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import vendor_rows
from tests.helpdesk.tickets import at, level, make, who
from tests.people import House, member

INTERNAL = "Alleen voor ons."
NOW = at("wo 10:00")

pytestmark = pytest.mark.django_db


@pytest.fixture
def handler(vendor: House) -> Membership:
    return member(vendor, "helpdesk", "sam@leverancier.example")


@pytest.fixture
def ticket(haarlem: Municipality, handler: Membership) -> Ticket:
    """With an internal note and a file of each kind."""
    made = make(haarlem, handler, version=level())
    note = acting.note(made, INTERNAL, who=who(handler), now=NOW)
    answer = acting.answer(made, "Wij kijken.", who=who(handler), now=NOW)
    for event in (note, answer):
        Attachment.objects.create(
            ticket=made,
            event=event,
            municipality=haarlem,
            is_public=event.is_public,
            name=f"{event.what}.txt",
            size=1,
            content_type="text/plain",
            key=f"meldingen/{event.pk}",
        )
    return made


def read(statement: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def test_an_internal_note_is_not_there_for_the_gemeente(haarlem: Municipality, ticket: Ticket) -> None:
    """Its role asks without any condition, counts, and asks for what it must have guessed."""
    with in_municipality(haarlem):
        texts = {text for (text,) in read("SELECT text FROM public.helpdesk_ticketevent")}
        hidden = read("SELECT count(*) FROM public.helpdesk_ticketevent WHERE NOT is_public")
        named = read("SELECT name FROM public.helpdesk_attachment")
        through_the_door = vendor_rows(haarlem).of(TicketEvent).filter(text=INTERNAL).exists()

    assert INTERNAL not in texts
    assert "Wij kijken." in texts
    assert hidden == [(0,)]
    assert named == [("antwoord.txt",)]
    assert not through_the_door


def test_a_neighbour_sees_nothing_of_it(utrecht: Municipality, ticket: Ticket) -> None:
    with in_municipality(utrecht):
        for model in (Ticket, TicketEvent, TicketClock, Attachment):
            table = sql.Identifier(model._meta.db_table)
            with connection.cursor() as cursor:
                cursor.execute(sql.SQL("SELECT count(*) FROM public.{}").format(table))
                assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT reply_token FROM public.helpdesk_ticket",
        "SELECT owner_id FROM public.helpdesk_ticket",
        "SELECT lent_to_id FROM public.helpdesk_ticket",
        "SELECT id FROM public.contracts_vendorchange",
        "SELECT person_id FROM public.helpdesk_ticketevent",
        "SELECT * FROM public.helpdesk_ticket",
        "SELECT id FROM public.helpdesk_hotfix",
        "SELECT id FROM public.helpdesk_warned",
        "SELECT id FROM public.helpdesk_ticketgrant",
        "INSERT INTO public.helpdesk_ticketevent (ticket_id) VALUES (1)",
        "UPDATE public.helpdesk_ticket SET status = 'gesloten'",
        "DELETE FROM public.helpdesk_ticketclock",
    ],
)
def test_what_is_ours_the_gemeente_neither_reads_nor_writes(
    haarlem: Municipality, ticket: Ticket, statement: str
) -> None:
    with (
        in_municipality(haarlem),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        read(statement)


@pytest.mark.parametrize(
    "what", ["vraag", "antwoord", "prioriteit", "opgelost", "correctie", "gepland", "samenvoegen"]
)
def test_what_moves_a_clock_is_never_internal(ticket: Ticket, haarlem: Municipality, what: str) -> None:
    """Else the two sides would work out other clocks."""
    wrong = ticket.events.first() if what == What.CORRECTED else None
    with pytest.raises(DatabaseError, match="what_moves_a_clock_is_public"), transaction.atomic():
        TicketEvent.objects.create(
            ticket=ticket,
            municipality=haarlem,
            at=NOW,
            recorded_at=NOW,
            what=what,
            side=Side.LEVERANCIER,
            channel=Channel.INTERN,
            is_public=False,
            corrects=wrong,
        )


def test_a_file_is_as_public_as_its_event_and_of_the_same_gemeente(
    ticket: Ticket, haarlem: Municipality, utrecht: Municipality
) -> None:
    note = ticket.events.get(what=What.NOTE)
    wrong: list[dict[str, Any]] = [
        {"is_public": True, "municipality": haarlem},
        {"is_public": False, "municipality": utrecht},
    ]
    for given in wrong:
        with pytest.raises(DatabaseError), transaction.atomic():
            Attachment.objects.create(
                ticket=ticket, event=note, name="x", size=1, content_type="x", key="meldingen/x", **given
            )


def test_a_report_goes_on_in_one_of_the_same_gemeente_alone(
    ticket: Ticket, utrecht: Municipality, handler: Membership
) -> None:
    theirs = make(utrecht, handler)
    with pytest.raises(DatabaseError), transaction.atomic():
        Ticket.objects.filter(pk=theirs.pk).update(status="samengevoegd", merged_into=ticket)


def test_both_sides_read_the_same_clocks_from_what_each_may_read(
    haarlem: Municipality, ticket: Ticket
) -> None:
    with in_municipality(haarlem):
        rows = vendor_rows(haarlem).of(TicketClock).filter(ticket=ticket.pk)
        seen = list(rows.values_list("kind", "due_at"))
    assert seen == list(TicketClock.objects.filter(ticket=ticket).values_list("kind", "due_at"))
