"""The first administrator of a municipality is invited, as a step of its coming aboard."""

from __future__ import annotations

from django.utils import timezone

from tenants.accounts.invitations import invite
from tenants.accounts.memberships import Grant, MembershipRefused
from tenants.accounts.models import Invitation, Membership
from tenants.accounts.side import current_side
from tenants.jobs.kinds import Connection, StepFailed, Work, step
from tenants.registry.context import current_municipality
from tenants.registry.origin import origin_of


@step("invitation", "Eerste beheerder uitnodigen", connection=Connection.MUNICIPALITY)
def invitation(work: Work) -> None:
    """Nobody where somebody works there already, or holds an invitation: whoever that is invites others."""
    email = work.given["administrator_email"]
    if not email or _somebody_is_there():
        return
    grant, name = Grant(current_side().table.highest.key), work.given.get("administrator_name", "")
    try:
        site = origin_of(current_municipality())
        invite(email, grant, person=None, site=site, name=name)
    except MembershipRefused as refused:
        raise StepFailed(str(refused)) from refused
    work.found["done"].append(f"Invited {email} as the first administrator.")


def _somebody_is_there() -> bool:
    return Membership.objects.exists() or Invitation.objects.open(timezone.now()).exists()
