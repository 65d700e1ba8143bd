"""What the passing of days does to a report, and how it ends; never without the reporter having been told."""

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
from helpdesk.words import LONGEST_TEXT, Channel, Side, Status, What

WORKING_DAYS_TO_OBJECT = 5
REMINDED_AFTER = (3, 7)
PROPOSED_AFTER = 10
"""Working days that a question waits."""


@transaction.atomic
def remind(ticket: Ticket, *, now: datetime) -> TicketEvent:
    """Of a question, after three and after seven working days. Raises TicketRefused."""
    return _while_it_waits(ticket, "remind", What.REMINDED, now)


@transaction.atomic
def propose(ticket: Ticket, *, now: datetime) -> TicketEvent:
    """Tell the reporter that it may be closed, after ten working days. Raises TicketRefused."""
    return _while_it_waits(ticket, "propose", What.PROPOSED, now)


@transaction.atomic
def wake(ticket: Ticket, *, now: datetime) -> TicketEvent:
    """The moment that was planned has come: the ball is ours. Raises TicketRefused."""
    standing = begin(ticket, "resume", TIME, now)
    planned = standing.ticket.planned_for
    if standing.ticket.status != Status.GEPLAND or planned is None or planned > now:
        raise TicketRefused(gettext("Het is nog niet zo ver."))
    return standing.finish(standing.record(What.RESUMED, channel=Channel.INTERN))


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


def next_of_waiting(ticket: Ticket, now: datetime) -> str:
    """The act that is due while it waits for an answer; empty where none is."""
    since = ticket.waits_since
    if ticket.status != Status.WACHT_OP_MELDER or since is None:
        return ""
    reminded = ticket.events.filter(what=What.REMINDED, at__gte=since).count()
    if reminded < len(REMINDED_AFTER):
        return "remind" if end_of_term(since, REMINDED_AFTER[reminded]) <= now else ""
    is_due = proposal(ticket) is None and end_of_term(since, PROPOSED_AFTER) <= now
    return "propose" if is_due else ""


def proposal(ticket: Ticket) -> TicketEvent | None:
    """To close it, of this wait."""
    if ticket.waits_since is None:
        return None
    found: TicketEvent | None = (
        ticket.events.filter(what=What.PROPOSED, at__gte=ticket.waits_since).order_by("-pk").first()
    )
    return found


def may_close(ticket: Ticket, now: datetime) -> bool:
    """Whoever wrote after the solution is answered first."""
    if ticket.solved_at is None or end_of_term(ticket.solved_at, WORKING_DAYS_TO_OBJECT) > now:
        return False
    return ticket.last_public_by_side != Side.GEMEENTE


def _while_it_waits(ticket: Ticket, act: str, what: What, now: datetime) -> TicketEvent:
    """Asked once more of the report as it is now: of two who come at once the second does nothing."""
    standing = begin(ticket, act, TIME, now)
    if next_of_waiting(standing.ticket, now) != act:
        raise TicketRefused(gettext("Het is nog niet zo ver."))
    return standing.finish(standing.record(what, channel=Channel.INTERN))
