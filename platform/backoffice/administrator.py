"""The first administrator of a municipality: as long as none came, the vendor invites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tenants.accounts.invitations import invite_first, withdraw_first
from tenants.accounts.log import note
from tenants.accounts.memberships import MembershipRefused
from tenants.accounts.models import Invitation
from tenants.accounts.person import Person
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tenants.registry.origin import origin_of

AREA = "gemeenten"
Status = Municipality.Status
CLOSED = frozenset({Status.IN_INRICHTING, Status.BEEINDIGD})
"""Nobody comes in: the onboarding invites at its end, and of what has ended the schema may be gone."""


@transaction.atomic
def invite_again(municipality: Municipality, email: str, *, seen: int | None, person: Person) -> Invitation:
    """Logged at the vendor and in the municipality. Raises MembershipRefused."""
    _refuse_closed(municipality)
    _note(person, municipality, "eerste beheerder uitgenodigd", {"e-mailadres": [None, email]})
    site = origin_of(municipality)
    with in_municipality(municipality):
        return invite_first(email, seen=seen, asked_by=str(person.user), site=site)


@transaction.atomic
def withdraw_it(municipality: Municipality, *, seen: int | None, person: Person) -> Invitation:
    """Logged at the vendor and in the municipality. Raises MembershipRefused."""
    _refuse_closed(municipality)
    with in_municipality(municipality):
        withdrawn = withdraw_first(seen=seen, asked_by=str(person.user))
    _note(person, municipality, "uitnodiging ingetrokken", {"e-mailadres": [withdrawn.email, None]})
    return withdrawn


def _refuse_closed(municipality: Municipality) -> None:
    """Of its state as it stands now, which then stays."""
    standing = Municipality.objects.select_for_update().get(pk=municipality.pk)
    if standing.status in CLOSED:
        raise MembershipRefused(
            _("%(naam)s is %(state)s.")
            % {"naam": standing.naam, "state": standing.get_status_display().lower()}
        )


def _note(person: Person, municipality: Municipality, action: str, changes: Mapping[str, Any]) -> None:
    note(
        person=person,
        area=AREA,
        action=action,
        subject=f"{municipality.naam} ({municipality.environment})",
        municipality=municipality,
        changes=changes,
    )
