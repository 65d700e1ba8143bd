"""Zoeken: where the search field of the bar leads. A number is a report, anything else a gemeente."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.urls import reverse

from helpdesk.models import Ticket
from helpdesk.states import AREA as TICKETS
from screens.pages import go_to
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.registry.models import Municipality

LONGEST_NUMBER = 18
LONGEST = 100


@page(area="gemeenten", level=Level.SEE)
def find(request: PageRequest) -> HttpResponseBase:
    asked = request.GET.get("q", "").strip()[:LONGEST]
    ticket = ticket_of(request.person, asked)
    if ticket is not None:
        return go_to(request, reverse("melding", args=[ticket.pk]))
    return go_to(request, f"{reverse('gemeenten')}?{urlencode({'q': asked})}")


def ticket_of(person: Person, asked: str) -> Ticket | None:
    """The report of this number that the person sees; a CBS code of his is no number of a report."""
    if not (asked.isascii() and asked.isdecimal()) or len(asked) > LONGEST_NUMBER or asked.startswith("0"):
        return None
    if not person.may(TICKETS, Level.SEE):
        return None
    if Municipality.objects.visible_to(person).filter(cbs_code=asked).exists():
        return None
    found: Ticket | None = Ticket.objects.visible_to(person).filter(pk=int(asked)).first()
    return found
