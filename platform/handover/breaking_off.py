"""A hand-over is broken off: what who was to come offered by then is signed by nobody any more."""

from __future__ import annotations

from django.utils import timezone

from contracts.moving import take_offers_back
from handover.models import Handover, Role
from handover.states import State
from handover.taken_over import taken_over_by
from tenants.errands.errands import send_on
from tenants.registry.context import require_public
from tenants.registry.models import Municipality


def follow(handover: int, state: str) -> None:
    """By a job: a municipality's role changes no contract."""
    if state == State.AFGEBROKEN:
        send_on("overdracht afgebroken", pk=handover)


def end_offers(*, pk: int) -> None:
    """The errand; not where the same side came meanwhile, or is about to after all."""
    require_public()
    rows = Handover.objects.select_related("municipality", "to_organisation")
    handover = rows.filter(pk=pk, role=Role.HOST, state=State.AFGEBROKEN).first()
    if handover is None or handover.municipality.status == Municipality.Status.BEEINDIGD:
        return
    municipality, to = handover.municipality, handover.to_organisation
    if municipality.vendor_id != to.pk and municipality.pk not in taken_over_by(to.pk):
        take_offers_back(municipality, to, now=timezone.now())
