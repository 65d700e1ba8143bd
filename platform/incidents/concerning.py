"""Which incidents concern one municipality: as the vendor counts them, and as she sees them herself."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.db.models import Q

from incidents.models import RUNNING, Concerned, Incident, IncidentQuerySet, IncidentUpdate
from tenants.registry.context import current_municipality
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import vendor_rows


def concerning(municipality: Municipality) -> IncidentQuerySet:
    """All that ever concerned it; for the vendor."""
    return Incident.objects.filter(Incident.of(municipality))


def during(municipality: Municipality, start: datetime, end: datetime) -> IncidentQuerySet:
    """Those that ran in this time and concerned it then; for the vendor. ``end`` is not in it."""
    then = Concerned.objects.filter(municipality=municipality).filter(
        Q(until__isnull=True) | Q(until__gt=start)
    )
    found = Incident.objects.during(start, end).filter(pk__in=then.values("incident"))
    return found.order_by("started_at", "pk")


def ours() -> IncidentQuerySet:
    """All that ever concerned the municipality that one is in."""
    return cast("IncidentQuerySet", vendor_rows(current_municipality()).of(Incident))


def our_running() -> IncidentQuerySet:
    """Those that concern it now."""
    municipality = current_municipality()
    still = Q(concerned__municipality=municipality.pk, concerned__until__isnull=True)
    rows = vendor_rows(municipality).of(Incident).filter(still, state__in=RUNNING)
    return cast("IncidentQuerySet", rows)


def our_updates(incident: Incident) -> list[IncidentUpdate]:
    """The last first."""
    rows = vendor_rows(current_municipality()).of(IncidentUpdate)
    return list(rows.filter(incident=incident.pk).order_by("-pk"))


def our_part(incident: Incident) -> Concerned:
    """Since when it concerns the municipality that one is in, and until when."""
    return vendor_rows(current_municipality()).of(Concerned).get(incident=incident.pk)
