"""A partner leaves a gemeente and nobody comes in its place: what it had goes back to the vendor."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from handover.models import Handover, Role
from handover.performing import leave
from handover.refusals import HandoverRefused
from handover.states import AREA
from helpdesk import acting as helpdesk
from helpdesk.holding import hold_reports
from tenants.accounts.log import note_for_both
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.registry.context import require_public
from tenants.registry.models import Municipality, Organisation

LOGGED = "partner beëindigd"


@transaction.atomic
def end_partner(
    municipality: Municipality, partner: Organisation, *, reason: str, person: Person, now: datetime
) -> int:
    """By the vendor that serves it; how many reports came back. ``partner`` is the one that the person saw.

    Raises HandoverRefused.
    """
    require_public()
    hold_reports(municipality.pk)
    locked = Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    if refusal := why_not_ended(locked, person):
        raise HandoverRefused(refusal)
    if locked.implementation_partner_id != partner.pk:
        raise HandoverRefused(gettext("%(partner)s is hier geen partner meer.") % {"partner": partner.name})
    locked.implementation_partner = None
    locked.save(update_fields=["implementation_partner"])
    back = helpdesk.move_to_partner(locked, partner, locked.vendor, now=now)
    leave(partner.pk, locked, reason=reason, person=person, now=now)
    note_for_both(
        person=person,
        area=AREA,
        action=LOGGED,
        subject=partner.name,
        municipality=locked,
        changes={"partner": [partner.name, None], "reden": [None, reason]},
    )
    return back


def why_not_ended(municipality: Municipality, person: Person) -> str:
    """Empty for who may end the partner now."""
    if municipality.vendor_id != person.organisation_id or not person.may(AREA, Level.APPROVE):
        return gettext("Dit doet de leverancier die de gemeente bedient.")
    if municipality.implementation_partner_id is None:
        return gettext("Deze gemeente heeft geen partner.")
    if Handover.objects.filter(municipality=municipality, role=Role.IMPLEMENTATION_PARTNER).open().exists():
        return gettext("Er loopt een overdracht van deze rol. De gemeente kan die afbreken.")
    return ""
