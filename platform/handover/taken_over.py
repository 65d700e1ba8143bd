"""The gemeenten that an organisation said it takes over, and does not serve yet."""

from __future__ import annotations

from collections.abc import Sequence

from handover.models import Handover, Role
from handover.states import State
from tenants.registry.context import require_public

SIGNED_BY_BOTH = (State.AANVAARD, State.BEVESTIGD, State.GESCHIL, State.VOORBEREIDING, State.GEPLAND)
"""The gemeente asked for it, and who comes said yes."""


def taken_over_by(organisation: int) -> Sequence[int]:
    """As ``contracts.taken_over`` asks for them: those that it is going to host."""
    require_public()
    found = Handover.objects.filter(to_organisation=organisation, role=Role.HOST, state__in=SIGNED_BY_BOTH)
    return list(found.values_list("municipality", flat=True))
