"""Access that somebody of the vendor asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from access.models import Grant, Scope
from tenants.accounts.invitations import make_user
from tenants.accounts.models import Membership, User
from tenants.registry.models import Municipality
from tests.people import vendor_organisation

ASKER = "asker@leverancier.example"


def make_grant(
    municipality: Municipality, *, now: datetime, asker: Membership | None = None, **given: Any
) -> Grant:
    """In public; of a person of the vendor who has no role yet where none is given."""
    user = (
        asker.user
        if asker
        else User.objects.filter(email=ASKER).first() or make_user(ASKER, None, name="Sam")
    )
    organisation = (asker.organisation if asker else None) or vendor_organisation()
    return Grant.objects.create(
        **{
            "municipality": municipality,
            "person": user,
            "organisation": organisation,
            "person_name": user.name,
            "person_email": user.email,
            "organisation_name": organisation.name,
            "reason": "Nagaan waarom zaken niet sluiten",
            "ticket": "2043",
            "scopes_asked": [Scope.TECHNIEK, Scope.INSTELLINGEN, Scope.ZAAKGEGEVENS],
            "scopes": [Scope.TECHNIEK, Scope.INSTELLINGEN, Scope.ZAAKGEGEVENS],
            "maximum_asked": 4,
            "maximum": 4,
            "hours_asked": 8,
            "asked_at": now,
            "lapses_at": now + timedelta(days=5),
            **given,
        }
    )
