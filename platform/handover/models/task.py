"""What has to be done before or after the moment, and by which side."""

from __future__ import annotations

from django.db import models

from handover.models.handover import Handover
from handover.states import Side
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import VendorRow


class Task(VendorRow):
    """A line of the checklist; ``done_by`` and ``evidence`` are as whoever did it said."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="tasks")
    key = models.CharField(max_length=40)
    subject = models.CharField(max_length=200, blank=True, default="", help_text="A client id, a name.")
    side = models.CharField(max_length=10, choices=Side)
    after_the_moment = models.BooleanField(default=False)
    due = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=254, blank=True, default="")
    evidence = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ("after_the_moment", "pk")
        constraints = (models.UniqueConstraint(fields=("handover", "key", "subject"), name="a_task_once"),)

    def __str__(self) -> str:
        return f"{self.key} {self.subject}".strip()
