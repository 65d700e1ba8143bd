"""What happened in a hand-over: who did it, for which side, and when."""

from __future__ import annotations

from django.db import models

from handover.models.handover import Handover
from handover.states import Side
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import VendorRow


class Entry(VendorRow):
    """Nobody changes one: the signatures of both sides are among them."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    act = models.CharField(max_length=20, help_text="As handover.states calls it.")
    side = models.CharField(max_length=10, choices=Side)
    person = models.CharField(max_length=254, help_text="Their address; empty where nobody did it but time.")
    words = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.act}: {self.person}"
