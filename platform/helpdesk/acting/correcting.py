"""A wait that was none is taken back by somebody else than who wrote it; what was written stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from helpdesk.acting.recording import begin, come_into
from helpdesk.models import Ticket, TicketEvent, TicketEventQuerySet
from helpdesk.refusals import TicketRefused
from helpdesk.texts import said
from helpdesk.who import Who
from helpdesk.words import LONGEST_REASON, Channel, Status, What

WAITS = (What.ASKED, What.WAITS_FOR_THIRD)
WAITING = (Status.WACHT_OP_MELDER, Status.WACHT_OP_DERDE)


@transaction.atomic
def correct(  # noqa: PLR0913  # each is a word of what is done
    ticket: Ticket, wrong: int, reason: str, *, who: Who, now: datetime, seen: int | None = None
) -> TicketEvent:
    """``wrong`` is the event that began the wait. Both sides read who did this, and why.

    Raises TicketRefused.
    """
    standing = begin(ticket, "correct", who, now, seen)
    corrected = correctable(standing.ticket).filter(pk=wrong).first()
    if corrected is None:
        raise TicketRefused(gettext("Kies een vraag of een pauze die nog niet is gecorrigeerd."))
    if corrected.person_id == who.user_id:
        raise TicketRefused(gettext("U begon deze pauze zelf. Een collega corrigeert haar."))
    words = said(reason, LONGEST_REASON, empty=gettext("Schrijf op waarom dit geen pauze was."))
    if standing.ticket.status in WAITING and corrected == _last_wait(standing.ticket):
        come_into(standing.ticket, Status.IN_BEHANDELING, standing.now)
    return standing.finish(standing.record(What.CORRECTED, words, channel=Channel.INTERN, corrects=corrected))


def correctable(ticket: Ticket) -> TicketEventQuerySet:
    """The waits that stand, of who has it now: a former vendor answers for its own."""
    rows: TicketEventQuerySet = TicketEvent.objects.filter(ticket=ticket, what__in=WAITS, corrections=None)
    moved = ticket.events.filter(what=What.MOVED).order_by("-pk").first()
    return rows if moved is None else rows.filter(pk__gt=moved.pk)


def _last_wait(ticket: Ticket) -> TicketEvent | None:
    return ticket.events.filter(what__in=WAITS).order_by("-at", "-pk").first()
