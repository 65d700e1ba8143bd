"""Who handles reports of a municipality: the vendor, its partner, and who is named for the third line."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from contracts.in_force import version_of
from contracts.models import Line
from helpdesk.models import Ticket
from helpdesk.serving import serving
from helpdesk.states import AREA
from tenants.accounts.models import Membership, User
from tenants.accounts.models.membership import today_here
from tenants.accounts.rights import Level
from tenants.accounts.side import side_of
from tenants.registry.models import Municipality, Organisation


def serve(municipality: Municipality) -> QuerySet[Organisation]:
    """Those who see all of its reports."""
    return Organisation.objects.filter(pk__in=serving(municipality)).order_by("name")


def can_have(municipality: Municipality) -> QuerySet[Organisation]:
    """Those that a report of it can be handed to: also the third line that the gemeente signed for."""
    agreed = version_of(municipality.pk, today_here(), Line.THIRD)
    named = [] if agreed is None else agreed.parties.filter(line=Line.THIRD).values("organisation")
    found = Q(pk__in=serving(municipality)) | Q(pk__in=named)
    return Organisation.objects.filter(found).order_by("name")


def handlers(
    municipality: Municipality, organisations: QuerySet[Organisation] | None = None
) -> QuerySet[Membership]:
    """The people whose role reaches it, and who see this municipality; else of these organisations."""
    of_them = serve(municipality) if organisations is None else organisations
    table = side_of("vendor").table
    roles = [role.key for role in table.roles if table.level(AREA, role.key) >= Level.CHANGE]
    sees = Q(is_limited=False) | Q(municipalities__contains=[municipality.schema_name])
    return (
        Membership.objects.current(today_here())
        .filter(sees, organisation__in=of_them, role__in=roles, user__is_active=True)
        .select_related("user", "organisation")
        .order_by("user__name", "user__email")
    )


def handlers_of(ticket: Ticket) -> QuerySet[Membership]:
    """The people who see this report, and handle it."""
    lent = Q(pk=ticket.lent_to_id) if ticket.lent_to_id else Q(pk__in=[])
    of_it = Organisation.objects.filter(Q(pk__in=serving(ticket.municipality)) | lent)
    return handlers(ticket.municipality, of_it)


def may_have(person: User, organisation: Organisation, municipality: Municipality) -> bool:
    of_it = can_have(municipality).filter(pk=organisation.pk)
    return handlers(municipality, of_it).filter(user=person).exists()
