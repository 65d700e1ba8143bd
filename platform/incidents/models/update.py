"""What was said of an incident, once and for all whom it concerns."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from incidents.models.incident import Incident, Nature, Severity, State
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import VendorRow


class IncidentUpdate(VendorRow):
    """Nobody changes one: what was wrong in it, the next one says."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="updates")
    at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State)
    severity = models.CharField(max_length=10, choices=Severity)
    nature = models.CharField(max_length=20, choices=Nature)
    text = models.CharField(max_length=4000)
    author_name = models.CharField(max_length=200)
    next_update_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("incident", "-at"), name="updates_of_incident"),)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="an_update_says_something"),)

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.state}"

    @classmethod
    def of(cls, municipality: Municipality) -> Q:
        return Q(incident__concerned__municipality=municipality.pk)
