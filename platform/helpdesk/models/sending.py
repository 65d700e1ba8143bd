"""A form of a municipality that was sent: one that comes twice does nothing the second time."""

from __future__ import annotations

from django.db import models

from helpdesk.models.ticket import Ticket
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import VendorRow


class Sending(VendorRow):
    """``key`` was made with the page that held the form."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    key = models.UUIDField()
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint("municipality", "key", name="sent_once"),)

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.key}"
