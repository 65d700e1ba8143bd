"""The moment itself: another organisation answers for the municipality, the former sees no more of it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from access.ending import end_with_service
from contracts.contract_refusals import ContractRefused
from contracts.moving import move_to_vendor as move_contracts
from handover.checklist import add_secrets
from handover.inventory import inventory_of
from handover.models import COLUMNS, Handover, Role
from handover.refusals import HandoverRefused
from helpdesk import acting as helpdesk
from helpdesk.holding import hold_reports
from incidents.ending import end_with_service as end_incidents
from tenants.accounts.memberships import lose_municipality
from tenants.accounts.person import Person
from tenants.registry.models import Municipality


def change_hands(handover: Handover, municipality: Municipality, *, person: Person, now: datetime) -> None:
    """Within the transaction of the act, with both rows locked. Raises HandoverRefused.

    The log stays where it is: in the municipality's schema, and of the vendor's lines those that concern it.
    """
    column = COLUMNS[Role(handover.role)]
    holder: int | None = getattr(municipality, f"{column}_id")
    if holder != handover.from_organisation_id:
        raise HandoverRefused(
            gettext("%(party)s bedient deze gemeente niet meer. Breek deze overdracht af.")
            % {"party": handover.from_name}
        )
    hold_reports(municipality.pk)
    handover.inventory = inventory_of(handover, municipality, now)  # as it is now, not as it was prepared
    setattr(municipality, f"{column}_id", handover.to_organisation_id)
    municipality.save(update_fields=[column])
    former = handover.from_organisation_id
    if column == COLUMNS[Role.HOST]:
        _go_along(handover, municipality, person=person, now=now)
    elif handover.from_organisation is not None:
        to = handover.to_organisation
        helpdesk.move_to_partner(municipality, handover.from_organisation, to, now=now)
    if former is not None:
        reason = gettext("Overgedragen aan %(party)s.") % {"party": handover.to_name}
        leave(former, municipality, reason=reason, person=person, now=now)
    if former is not None:
        add_secrets(handover)


def leave(
    organisation: int, municipality: Municipality, *, reason: str, person: Person, now: datetime
) -> None:
    """Who has no role there any more sees nothing of it from here on."""
    if _still_serves(organisation, municipality):
        return
    lose_municipality(organisation, municipality)
    end_with_service(organisation, municipality, reason=reason, person=person, now=now)
    end_incidents(organisation, municipality, now=now)


def _go_along(handover: Handover, municipality: Municipality, *, person: Person, now: datetime) -> None:
    """What was agreed ends, and reports go on by what the new side agreed. Raises HandoverRefused."""
    try:
        move_contracts(municipality, handover.from_organisation_id, person=person, now=now)
    except ContractRefused as refused:
        raise HandoverRefused(str(refused)) from refused
    helpdesk.move_to_vendor(municipality, handover.from_name, now=now)


def _still_serves(organisation: int, municipality: Municipality) -> bool:
    """Whether it has another role there, and so goes on to see it."""
    return organisation in {municipality.vendor_id, municipality.implementation_partner_id}
