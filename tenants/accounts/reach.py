"""What the vendor decides about a municipality's sign-in and reach: each act with its line in the log."""

from __future__ import annotations

from django.db import transaction

from tenants.accounts.deciding import AREA, decide
from tenants.accounts.log import SYSTEM, note
from tenants.registry.context import require_public
from tenants.registry.models import AllowedHost, Municipality


def require_second_factor(municipality: Municipality, *, required: bool, by: str = SYSTEM) -> None:
    """Of whoever signs in to its console; nothing is logged where it was so already."""
    action = "tweede factor verplicht" if required else "tweede factor niet meer verplicht"
    decide(municipality, "second_factor_required", required, action=action, by=by)


@transaction.atomic
def allow_host(
    municipality: Municipality, host: str, port: int, *, by: str = SYSTEM
) -> tuple[AllowedHost, bool]:
    """Let it reach a private address; whether it could not before."""
    require_public()
    allowed, is_new = AllowedHost.objects.get_or_create(municipality=municipality, host=host, port=port)
    if is_new:
        note(
            person=None,
            by=by,
            area=AREA,
            action="host toegestaan",
            subject=str(allowed),
            municipality=municipality,
        )
    return allowed, is_new
