"""Who of the vendor and its partners handles reports of a municipality."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from helpdesk.states import AREA
from tenants.accounts.models import Membership, User
from tenants.accounts.models.membership import today_here
from tenants.accounts.rights import Level
from tenants.accounts.side import side_of
from tenants.registry.models import Municipality, Organisation


def serve(municipality: Municipality) -> QuerySet[Organisation]:
    """The organisations that a report of it can be handed to."""
    known = [municipality.vendor_id, municipality.implementation_partner_id]
    return Organisation.objects.filter(pk__in=[pk for pk in known if pk is not None]).order_by("name")


def handlers(municipality: Municipality) -> QuerySet[Membership]:
    """The people there whose role reaches it, and who see this municipality."""
    table = side_of("vendor").table
    roles = [role.key for role in table.roles if table.level(AREA, role.key) >= Level.CHANGE]
    sees = Q(is_limited=False) | Q(municipalities__contains=[municipality.schema_name])
    return (
        Membership.objects.current(today_here())
        .filter(sees, organisation__in=serve(municipality), role__in=roles, user__is_active=True)
        .select_related("user", "organisation")
        .order_by("user__name", "user__email")
    )


def may_have(person: User, organisation: Organisation, municipality: Municipality) -> bool:
    return handlers(municipality).filter(user=person, organisation=organisation).exists()
