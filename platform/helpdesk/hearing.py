"""That something happened to a report, for whoever listens: its number, and nothing of what was said."""

from __future__ import annotations

from helpdesk.models import TicketEvent
from helpdesk.words import What
from tenants.registry.happenings import CHANGED, CREATED, Happened, tell

TOPIC = "ticket"


def let_hear(event: TicketEvent) -> None:
    """On either side, in the transaction of what happened."""
    what = CREATED if event.what in {What.RECEIVED, What.OPENED} else CHANGED
    tell(Happened(TOPIC, what, event.ticket_id, (event.municipality_id,)))
