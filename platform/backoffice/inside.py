"""What the vendor may know of the inside of a municipality: numbers, never a person and never a zaak.

But for the one whom it invited itself, as long as he has not come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.utils import timezone

from api.catalogi.models import Catalogus, Zaaktype
from api.clients.models import Applicatie
from api.zaken.models import Zaak
from tenants.accounts.invitations import First, first_administrator
from tenants.accounts.models import Invitation, Membership
from tenants.accounts.models.membership import today_here
from tenants.onboarding.letter import LETTER
from tenants.registry.context import in_municipality
from tenants.registry.estimates import counted
from tenants.registry.models import Municipality

EXACTLY_BELOW = 10_000


@dataclass(frozen=True, slots=True)
class Inside:
    """``zaken`` is exact below ten thousand."""

    by_role: Mapping[str, int]
    invitations: int
    applicaties: int
    catalogi: int
    zaaktypen: int
    zaken: int
    zaken_exact: bool
    first: First
    has_letter: bool


def look_inside(municipality: Municipality) -> Inside | None:
    """None for a municipality that has ended: its schema may be gone."""
    if municipality.status == Municipality.Status.BEEINDIGD:
        return None
    with in_municipality(municipality):
        zaken, exact = counted(Zaak, exactly_below=EXACTLY_BELOW)
        return Inside(
            by_role=Counter(Membership.objects.current(today_here()).values_list("role", flat=True)),
            invitations=Invitation.objects.open(timezone.now()).count(),
            applicaties=Applicatie.objects.count(),
            catalogi=Catalogus.objects.count(),
            zaaktypen=Zaaktype.objects.count(),
            zaken=zaken,
            zaken_exact=exact,
            first=first_administrator(),
            has_letter=default_storage.exists(LETTER),
        )


def letter_of(municipality: Municipality) -> bytes | None:
    """The welcome letter, from the municipality's own storage; None where there is none."""
    if municipality.status == Municipality.Status.BEEINDIGD:
        return None
    with in_municipality(municipality):
        try:
            with default_storage.open(LETTER) as file:
                written: bytes = file.read()
        except FileNotFoundError:
            return None
        return written
