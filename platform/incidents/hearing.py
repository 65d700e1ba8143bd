"""That something was said of an incident, for whoever listens: its number, and nothing of what was said."""

from __future__ import annotations

from incidents.models import Concerned, Incident
from tenants.registry.happenings import CHANGED, Happened, tell

TOPIC = "incident"


def let_hear(incident: Incident, what: str = CHANGED) -> None:
    """In the transaction of what happened; whom it concerns no more hears of it too."""
    concerned = Concerned.objects.filter(incident=incident).values_list("municipality", flat=True)
    tell(Happened(TOPIC, what, incident.pk, tuple(concerned)))
