"""How a report ends without anybody doing it there and then; never without the reporter having been told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from contracts.working_days import end_of_term
from helpdesk.acting.recording import begin
from helpdesk.models import Ticket, TicketEvent
from helpdesk.refusals import TicketRefused
from helpdesk.texts import said
from helpdesk.who import TIME, Who
from helpdesk.words import LONGEST_TEXT, Channel, Side, What

WORKING_DAYS_TO_OBJECT = 5
REMINDED_AFTER = (3, 7)
PROPOSED_AFTER = 10
"""Working days that a question waits."""


@transaction.atomic
def remind(ticket: Ticket, *, now: datetime) -> TicketEvent:
    """Raises TicketRefused."""
    standing = begin(ticket, "remind", TIME, now)
    return standing.finish(standing.record(What.REMINDED, channel=Channel.INTERN))


@transaction.atomic
def propose(ticket: Ticket, *, now: datetime) -> TicketEvent:
    """Tell the reporter that it may be closed. Raises TicketRefused."""
    standing = begin(ticket, "propose", TIME, now)
    return standing.finish(standing.record(What.PROPOSED, channel=Channel.INTERN))


@transaction.atomic
def close(ticket: Ticket, *, now: datetime) -> TicketEvent:
    """What was solved, and what nobody said anything against for five working days. Raises TicketRefused."""
    standing = begin(ticket, "close", TIME, now)
    if not may_close(standing.ticket, now):
        raise TicketRefused(gettext("De melder kan nog bezwaar maken."))
    return standing.finish(standing.record(What.CLOSED, channel=Channel.INTERN))


@transaction.atomic
def close_unanswered(
    ticket: Ticket, reason: str, *, who: Who, now: datetime, seen: int | None = None
) -> TicketEvent:
    """Somebody closes it, five working days after that was proposed. Raises TicketRefused."""
    standing = begin(ticket, "close_unanswered", who, now, seen)
    proposed = proposal(standing.ticket)
    if proposed is None or end_of_term(proposed.at, WORKING_DAYS_TO_OBJECT) > now:
        raise TicketRefused(
            gettext(
                "Sluiten kan vijf werkdagen nadat dit de melder is voorgesteld. Dat voorstel gaat vanzelf."
            )
        )
    words = said(reason, LONGEST_TEXT, empty=gettext("Schrijf de melder waarom u sluit."))
    return standing.finish(standing.record(What.CLOSED, words))


def proposal(ticket: Ticket) -> TicketEvent | None:
    """To close it, of this wait."""
    if ticket.waits_since is None:
        return None
    return ticket.events.filter(what=What.PROPOSED, at__gte=ticket.waits_since).order_by("-pk").first()


def may_close(ticket: Ticket, now: datetime) -> bool:
    """Whoever wrote after the solution is answered first."""
    if ticket.solved_at is None or end_of_term(ticket.solved_at, WORKING_DAYS_TO_OBJECT) > now:
        return False
    return ticket.last_public_by_side != Side.GEMEENTE
