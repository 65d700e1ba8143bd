"""What there is of a municipality when it changes hands: counts and names, and never a secret."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialApp
from django.db.models import Q

from access.models import Grant
from api.clients.models import Applicatie, Credential
from handover.models import Handover
from tenants.accounts.models import Membership, User
from tenants.accounts.models.membership import today_here
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality

MOST = 200
"""Names of one kind; how many there are in all stands beside them."""


def inventory_of(handover: Handover, municipality: Municipality, now: datetime) -> dict[str, Any]:
    """By kind its number and its names."""
    old_side = members_with_access(handover, municipality)
    addresses = [member.user.email.lower() for member in old_side]
    with in_municipality(municipality):
        found = {
            "applicaties": list(Applicatie.objects.order_by("label").values_list("label", flat=True)),
            "client_ids": list(Credential.objects.order_by("pk").values_list("client_id", flat=True)),
            "inlogsystemen": list(SocialApp.objects.order_by("name").values_list("name", flat=True)),
            "hosts": sorted(domain.domain for domain in municipality.domains.all()),
            "mensen_oude_partij": sorted(addresses),
            "accounts_oude_partij": _accounts(addresses),
        }
    found["toegang"] = [str(grant) for grant in running_access(handover, now)]
    return {kind: {"aantal": len(names), "namen": names[:MOST]} for kind, names in found.items()}


def members_with_access(handover: Handover, municipality: Municipality) -> list[Membership]:
    """The people of the old side who see the municipality today, by a limit or by having none."""
    held = Membership.objects.current(today_here()).filter(organisation=handover.from_organisation_id)
    sees = Q(is_limited=False) | Q(municipalities__contains=[municipality.schema_name])
    return list(held.filter(sees).select_related("user"))


def running_access(handover: Handover, now: datetime) -> list[Grant]:
    """What the old side may look into now, because the gemeente allowed it."""
    given = Grant.objects.filter(
        municipality=handover.municipality_id, organisation=handover.from_organisation_id
    )
    return list(given.running(now).order_by("pk"))


def _accounts(addresses: list[str]) -> list[str]:
    """The accounts that the same people have in the municipality's own console."""
    held = Membership.objects.current(today_here()).values("user")
    return sorted(
        email
        for email in User.objects.filter(pk__in=held).values_list("email", flat=True)
        if email.lower() in addresses
    )
