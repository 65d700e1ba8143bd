"""What the vendor decides about a municipality's sign-in and reach: each act with its line in the log."""

from __future__ import annotations

from django.db import transaction

from tenants.accounts.log import SYSTEM, note
from tenants.registry.context import require_public
from tenants.registry.models import AllowedHost, Municipality

AREA = "gemeenten"


@transaction.atomic
def require_second_factor(municipality: Municipality, *, required: bool, by: str = SYSTEM) -> None:
    """Of whoever signs in to its console; nothing is logged where it was so already."""
    require_public()
    standing = Municipality.objects.select_for_update().get(pk=municipality.pk)
    if standing.second_factor_required == required:
        return
    standing.second_factor_required = required
    standing.save(update_fields=["second_factor_required"])
    note(
        person=None,
        by=by,
        area=AREA,
        action="tweede factor verplicht" if required else "tweede factor niet meer verplicht",
        subject=f"{standing.naam} ({standing.environment})",
        municipality=standing,
    )


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
