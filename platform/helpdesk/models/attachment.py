"""A file that goes with an event; its bytes are in the storage of the municipality."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from helpdesk.models.event import TicketEvent
from helpdesk.models.ticket import Ticket
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import VendorRow

LARGEST = 25 * 1024 * 1024


class Attachment(VendorRow):
    """As public as its event, which the database holds it to."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="attachments")
    event = models.ForeignKey(TicketEvent, models.PROTECT, related_name="attachments")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    is_public = models.BooleanField()
    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    content_type = models.CharField(max_length=100)
    key = models.CharField(max_length=200, unique=True, help_text="Where its bytes are, in that storage.")
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(size__lte=LARGEST), name="attachment_is_not_too_large"),
        )

    def __str__(self) -> str:
        return self.name
