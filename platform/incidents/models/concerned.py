"""Which municipality an incident concerns."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from incidents.models.incident import Incident
from tenants.accounts.person import Person
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import VendorRow, VendorRowManager


class ConcernedQuerySet(models.QuerySet["Concerned"]):
    def still(self) -> Self:
        """Those that it still concerns: they hear of it."""
        return self.filter(until__isnull=True)

    def visible_to(self, person: Person) -> Self:
        """Which other municipalities it concerns is nobody's business who does not see them."""
        return self.filter(municipality__in=Municipality.objects.visible_to(person))


class ConcernedManager(VendorRowManager["Concerned"].from_queryset(ConcernedQuerySet)):  # type: ignore[misc]  # made while running
    pass


class Concerned(VendorRow):
    """A municipality reads its own row alone; by it the incident and all its updates, after ``until`` too."""

    hidden = ("to_tell",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="concerned")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="incidents")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    to_tell = models.BooleanField(default=False, help_text="Whether its people have yet to be told by mail.")

    objects: ClassVar[ConcernedManager] = ConcernedManager()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("incident",), name="concerned_to_tell", condition=Q(to_tell=True)),)
        constraints = (
            models.UniqueConstraint(fields=("municipality", "incident"), name="concerned_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="concerned_until_after_since"
            ),
        )

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.municipality_id}"
