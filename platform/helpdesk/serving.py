"""Which organisations serve a municipality, and so see all of its reports."""

from __future__ import annotations

from helpdesk.models import Ticket
from helpdesk.who import Who
from helpdesk.words import Side
from tenants.registry.models import Municipality


def serving(municipality: Municipality) -> set[int]:
    """Who hosts it, and its partner."""
    known = {municipality.vendor_id, municipality.implementation_partner_id}
    return {pk for pk in known if pk is not None}


def serves(organisation: int | None, municipality: Municipality) -> bool:
    return organisation in serving(municipality)


def is_third_line(ticket: Ticket, who: Who) -> bool:
    """Whether this person of the vendor's side has it without serving the municipality."""
    if who.person is None or who.side is not Side.LEVERANCIER:
        return False
    return not serves(who.person.organisation_id, ticket.municipality)
