"""How an incident ends for a municipality without anybody saying so: with who serves it."""

from __future__ import annotations

from datetime import datetime

from incidents.models import Concerned
from tenants.registry.context import require_public
from tenants.registry.models import Municipality


def end_with_service(organisation: int, municipality: Municipality, *, now: datetime) -> None:
    """Whoever serves it no more tells it nothing; it goes on to see what was said. In a transaction."""
    require_public()
    held = Concerned.objects.still().filter(municipality=municipality, incident__organisation=organisation)
    held.update(until=now, to_tell=False)
