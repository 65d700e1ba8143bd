"""Maintenance that the vendor announces: what is announced in time does not count as unavailable."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from tenants.accounts.person import Person
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import VendorRow, VendorRowManager

WORKING_DAYS_BEFORE = 5
LONGEST_HOURS = 24


class MaintenanceQuerySet(models.QuerySet["Maintenance"]):
    def visible_to(self, person: Person) -> Self:
        return self.filter(municipality__in=Municipality.objects.visible_to(person))

    def touching(self, start: datetime, end: datetime) -> Self:
        """What lies at least partly in [start, end), and was not called off."""
        return self.filter(starts_at__lt=end, ends_at__gt=start, called_off_at=None)


class MaintenanceManager(VendorRowManager["Maintenance"].from_queryset(MaintenanceQuerySet)):  # type: ignore[misc]  # made while running
    pass


class Maintenance(VendorRow):
    """Of one municipality; what is announced to all is a row of each."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    announced_at = models.DateTimeField()
    announced_by = models.CharField(max_length=254)
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.CharField(max_length=254, default="")

    objects: ClassVar[MaintenanceManager] = MaintenanceManager()

    class Meta:
        ordering = ("-starts_at", "-pk")
        indexes = (models.Index(fields=("municipality", "starts_at"), name="maintenance_of_municipality"),)
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="maintenance_takes_time"),
            models.CheckConstraint(
                condition=Q(announced_at__lt=F("starts_at")), name="maintenance_is_announced_before"
            ),
        )

    def __str__(self) -> str:
        return f"{self.municipality_id}: {self.starts_at:%Y-%m-%d %H:%M}"
