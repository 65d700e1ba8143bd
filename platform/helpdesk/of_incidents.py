"""Reports that are linked to an incident: what is said of it is answered to each of them, where one likes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from helpdesk.acting import answer
from helpdesk.models import Ticket, TicketQuerySet
from helpdesk.refusals import TicketRefused, TicketStale
from helpdesk.states import ACTS, AREA
from helpdesk.who import who_is
from incidents.models import Incident
from incidents.refusals import IncidentRefused
from screens.inline import link
from tenants.accounts.person import Person
from tenants.accounts.rights import Level

SHOWN = 10
MOST = 50
"""As many are answered in one act: each of them is a mail."""


class Tickets:
    """As ``incidents.linked`` asks for them."""

    def shown(self, incident: Incident, *, person: Person) -> tuple[int, Sequence[tuple[str, str]]]:
        if not person.may(AREA, Level.SEE):
            return 0, []
        found = _seen(incident, person)
        first = [
            (
                link(f"{each.number} {each.subject}", reverse("melding", args=[each.pk])),
                str(each.get_status_display()),
            )
            for each in found.order_by("pk")[:SHOWN]
        ]
        return found.count(), first

    def count(self, incident: Incident, *, person: Person) -> int:
        if not person.may(AREA, ACTS["answer"].level):
            return 0
        found = len(_answered(incident, person).values_list("pk", flat=True)[: MOST + 1])
        return 0 if found > MOST else found

    def answer(self, incident: Incident, text: str, *, person: Person, now: datetime) -> int:
        """In the order of their numbers, so that two who do this wait for each other and for nothing else."""
        said = f"{incident}: {incident.title}\n\n{text}"
        answered = 0
        for ticket in list(_answered(incident, person).order_by("pk")[: MOST + 1]):
            if answered == MOST:
                raise IncidentRefused(
                    gettext("Er zijn meer dan %(most)s meldingen gekoppeld. Antwoord daar zelf.")
                    % {"most": MOST}
                )
            try:
                answer(ticket, said, who=who_is(person), now=now)
            except TicketStale:
                continue  # it was closed meanwhile
            except TicketRefused as refused:
                raise IncidentRefused(str(refused)) from refused
            answered += 1
        return answered


def _seen(incident: Incident, person: Person) -> TicketQuerySet:
    found: TicketQuerySet = Ticket.objects.visible_to(person).filter(incident=incident)
    return found


def _answered(incident: Incident, person: Person) -> TicketQuerySet:
    return _seen(incident, person).filter(status__in=ACTS["answer"].before)


TICKETS = Tickets()
