"""Two reports of the same thing become one: the oldest goes on, with its clocks."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from helpdesk.acting.recording import Standing, begin, lock
from helpdesk.models import Ticket
from helpdesk.refusals import TicketRefused
from helpdesk.who import Who
from helpdesk.words import Channel, What


@transaction.atomic
def merge(ticket: Ticket, other: Ticket, *, who: Who, now: datetime, seen: int | None = None) -> Ticket:
    """The one that goes on, which keeps the higher priority of the two; the other shows where it went.

    Raises TicketRefused.
    """
    if ticket.pk == other.pk:
        raise TicketRefused(gettext("Kies een andere melding dan deze."))
    both = [lock(Ticket(pk=pk), who) for pk in sorted((ticket.pk, other.pk))]
    if both[0].municipality_id != both[1].municipality_id:
        raise TicketRefused(gettext("Alleen meldingen van dezelfde gemeente gaan samen."))
    kept, gone = sorted(both, key=lambda each: (each.opened_at, each.pk))
    follows = begin(gone, "merge", who, now, seen if gone.pk == ticket.pk else None)
    goes_on = begin(kept, "take_in", who, now, seen if kept.pk == ticket.pk else None)
    follows.ticket.merged_into = goes_on.ticket
    follows.finish(follows.record(What.MERGED, channel=Channel.INTERN, before=gone.number, after=kept.number))
    _take_in(goes_on, follows.ticket)
    return goes_on.ticket


def _take_in(goes_on: Standing, gone: Ticket) -> None:
    kept = goes_on.ticket
    if gone.priority < kept.priority:
        words = gettext("Melding %(number)s, die hierin is samengevoegd, had deze prioriteit.") % {
            "number": gone.number
        }
        goes_on.record(What.PRIORITY, words, before=kept.priority, after=gone.priority)
        kept.priority, kept.priority_reason = gone.priority, words
    goes_on.finish(goes_on.record(What.TOOK_IN, gone.subject, channel=Channel.INTERN, after=gone.number))
