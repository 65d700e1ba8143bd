"""From which day until which an environment has which version of which contract, for one line of the work."""

from __future__ import annotations

from django.db import models

from contracts.models.agreed import Line
from contracts.models.contract import Contract
from contracts.models.contract_version import ContractVersion
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import VendorRow


class InForce(VendorRow):
    """Written by the database alone, when a version was signed or notice given.

    It refuses two at once of one line. ``until`` is the last day; empty as long as it renews itself.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    line = models.CharField(max_length=10, choices=Line)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="in_force")
    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="in_force")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ("since", "pk")

    def __str__(self) -> str:
        return f"{self.version}: {self.get_line_display()}"
