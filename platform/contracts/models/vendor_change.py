"""That a municipality went from one vendor to another, and when: contracts follow from it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tenants.registry.models import Municipality, Organisation


class VendorChange(models.Model):
    """Nobody changes one. The database ends what others had in force, and begins what was prepared."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", db_index=False)
    from_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("municipality", "at"), name="vendor_changes"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(from_organisation=F("to_organisation")), name="vendor_changes_to_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.municipality_id}: {self.from_organisation_id} → {self.to_organisation_id}"
