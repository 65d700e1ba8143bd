"""Reports that look like one: of those that the same person sees, by the words of their subjects."""

from __future__ import annotations

from django.db.models import BooleanField, F, FloatField, Func, Value

from helpdesk.models import Ticket, TicketQuerySet
from helpdesk.words import Status
from tenants.accounts.person import Person

ALIKE = 0.35
MOST = 5


class Resembles(Func):
    """Three letters at a time: what the index finds, and somewhat more than is shown."""

    template = "(%(expressions)s)"
    arg_joiner = " OPERATOR(extensions.%%) "
    output_field = BooleanField()


class Likeness(Func):
    """Between 0 and 1."""

    function = "extensions.similarity"
    output_field = FloatField()


def similar_to(ticket: Ticket, person: Person) -> TicketQuerySet:
    """Those that are most alike, of what was not merged or taken back."""
    words = Value(ticket.subject)
    rows: TicketQuerySet = (
        Ticket.objects.visible_to(person)
        .filter(Resembles(F("subject"), words), erased_at=None)
        .exclude(pk=ticket.pk)
        .exclude(status__in=[Status.SAMENGEVOEGD, Status.INGETROKKEN])
        .select_related("municipality")
        .annotate(likeness=Likeness("subject", words))
        .filter(likeness__gte=ALIKE)
        .order_by("-likeness", "-pk")[:MOST]
    )
    return rows
