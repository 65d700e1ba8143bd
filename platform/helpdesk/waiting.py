"""What of its reports waits for a municipality: at the end of its menu, and on its first page."""

from __future__ import annotations

from django.db.models import Case, Value, When

from helpdesk.models import Ticket
from helpdesk.reporting import tickets
from helpdesk.states import AREA
from helpdesk.turns import WAIT_FOR_US
from helpdesk.words import STANDING
from screens.formats import number
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.side import Around

PAGE = "meldingen"
MOST_SHOWN = 20


def waits_for_a_municipality(person: Person) -> Around:
    """How many: one statement on each page."""
    if not person.may(AREA, Level.SEE):
        return Around()
    waiting = tickets().filter(status__in=WAIT_FOR_US).count()
    return Around((), {PAGE: (number(waiting), True)} if waiting else {})


def standing_reports() -> list[Ticket]:
    """Those that are not over: what waits for the municipality first, then what was spoken of last."""
    waits = Case(When(status__in=WAIT_FOR_US, then=Value(0)), default=Value(1))
    rows = tickets().filter(status__in=STANDING).order_by(waits, "-last_public_at", "-pk")
    return list(rows[:MOST_SHOWN])
