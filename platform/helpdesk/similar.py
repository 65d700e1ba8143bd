"""Reports that look like one: of those that the same person sees, by the words of their subjects."""

from __future__ import annotations

from django.db.models import FloatField, Func, Value

from helpdesk.models import Ticket, TicketQuerySet
from helpdesk.words import Status
from tenants.accounts.person import Person

ALIKE = 0.35
MOST = 5
LOOKED_AT = 1000
"""The newest: what it costs to look does not grow with what there is."""


class Likeness(Func):
    """Between 0 and 1, by three letters at a time."""

    function = "extensions.similarity"
    output_field = FloatField()


def similar_to(ticket: Ticket, person: Person) -> TicketQuerySet:
    """Those that are most alike, of what was not merged or taken back."""
    seen = Ticket.objects.visible_to(person).filter(erased_at=None).exclude(pk=ticket.pk)
    newest = seen.exclude(status__in=[Status.SAMENGEVOEGD, Status.INGETROKKEN]).order_by("-pk")
    rows: TicketQuerySet = (
        Ticket.objects.filter(pk__in=newest.values("pk")[:LOOKED_AT])
        .select_related("municipality")
        .annotate(likeness=Likeness("subject", Value(ticket.subject)))
        .filter(likeness__gte=ALIKE)
        .order_by("-likeness", "-pk")[:MOST]
    )
    return rows
