"""What the vendor decides about a municipality is a value of its row, with a line in the log."""

from __future__ import annotations

from django.db import transaction

from tenants.accounts.log import note
from tenants.registry.context import require_public
from tenants.registry.models import Municipality

AREA = "gemeenten"


@transaction.atomic
def decide(  # noqa: PLR0913  # each is a word of what is decided
    municipality: Municipality, name: str, value: object, *, action: str, by: str, told_as: str = ""
) -> None:
    """Nothing is written or logged where it was so already. ``told_as`` is what the log calls the value."""
    require_public()
    standing = Municipality.objects.select_for_update().get(pk=municipality.pk)
    before = getattr(standing, name)
    if before == value:
        return
    setattr(standing, name, value)
    standing.save(update_fields=[name])
    note(
        person=None,
        by=by,
        area=AREA,
        action=action,
        subject=f"{standing.naam} ({standing.environment})",
        municipality=standing,
        changes={told_as: [before, value]} if told_as else None,
    )
