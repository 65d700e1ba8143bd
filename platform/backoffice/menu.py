"""What stands at the end of lines of the vendor's menu: how many reports are open, how many contracts end."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import ngettext

from backoffice.counting import Counted, counts_of
from backoffice.today.ending import ending
from contracts.states import VENDOR_AREA as CONTRACTS
from helpdesk.models import Ticket
from helpdesk.states import AREA as TICKETS
from screens.formats import number
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.side import Around


def counted_of_the_vendor(person: Person) -> Around:
    """By one statement; of what a person may not see nothing is counted."""
    counted: dict[str, Counted] = {}
    if person.may(TICKETS, Level.SEE):
        counted["meldingen"] = (Ticket.objects.visible_to(person).open(), "pk")
    if person.may(CONTRACTS, Level.SEE):
        counted["contracten"] = (ending(person, timezone.localdate()), "pk")
    found = counts_of(person, counted)
    return Around(counts={page: (_in_words(page, count), False) for page, count in found.items() if count})


def _in_words(page: str, count: int) -> str:
    if page == "meldingen":
        return number(count)
    return ngettext("%(count)s loopt af", "%(count)s lopen af", count) % {"count": number(count)}
