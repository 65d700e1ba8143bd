"""Hours that somebody worked for a report, off the strippenkaart of the contract of that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from contracts.hours import HoursRefused, HoursStale, book
from contracts.in_force import contract_of
from contracts.models import Contract, HoursEntry
from helpdesk.acting.recording import begin
from helpdesk.models import Ticket
from helpdesk.refusals import TicketRefused, TicketStale
from helpdesk.who import Who


@dataclass(frozen=True, slots=True)
class Work:
    """What was done, on which day and for how long; ``seen`` is the last of the ledger that was read."""

    minutes: int
    on: date
    why: str
    seen: int | None = None


@transaction.atomic
def book_hours(ticket: Ticket, work: Work, *, who: Who, now: datetime, seen: int | None = None) -> HoursEntry:
    """Both sides see it with the report and in the ledger. Raises TicketRefused."""
    locked = begin(ticket, "book_hours", who, now, seen).ticket
    if work.on > timezone.localdate(now):
        raise TicketRefused(gettext("Kies vandaag of een dag van het afgelopen jaar."))
    contract, refusal = contract_for(locked, who, work.on)
    if contract is None or who.person is None:
        raise TicketRefused(refusal)
    try:
        return book(
            contract,
            work.minutes,
            who=who.name,
            why=work.why,
            ticket_number=locked.number,
            on=work.on,
            person=who.person,
            now=now,
            seen=work.seen,
        )
    except HoursStale as stale:
        raise TicketStale(str(stale)) from stale
    except HoursRefused as refused:
        raise TicketRefused(str(refused)) from refused


def contract_for(ticket: Ticket, who: Who, on: date) -> tuple[Contract | None, str]:
    """The one that holds support of its environment on that day, or why this person books nothing on it.

    What is left of its hours is between the gemeente and whoever has the contract: a partner books none.
    """
    contract = contract_of(ticket.municipality_id, on)
    if contract is None:
        return None, gettext("Op deze dag is er geen contract met een eerste lijn. Kies een andere dag.")
    if who.person is None or not Contract.objects.visible_to(who.person).filter(pk=contract.pk).exists():
        return None, gettext("Uren van dit contract boekt alleen de leverancier die het contract heeft.")
    return contract, ""
