"""What belongs to a report on the vendor's side alone: hotfixes, and the access that it is about."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from access.models import Grant
from helpdesk.models.ticket import Ticket
from helpdesk.words import LONGEST_REASON, Weight


class Hotfix(models.Model):
    """A change outside of a release: how grave, why, where it was tried, how it is taken back."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="hotfixes")
    severity = models.CharField(max_length=10, choices=Weight)
    reason = models.CharField(max_length=LONGEST_REASON)
    tested_on = models.CharField(max_length=LONGEST_REASON)
    rollback = models.CharField(max_length=LONGEST_REASON)
    upstream = models.URLField(
        max_length=500, blank=True, default="", help_text="Where it comes back into the product."
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=254)

    class Meta:
        ordering = ("-recorded_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(upstream="") | Q(upstream__startswith="https://"),
                name="hotfix_upstream_is_public",
            ),
        )

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.reason}"


class TicketGrant(models.Model):
    """Access that is about this report."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="grants")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint("ticket", "grant", name="grant_linked_once"),)

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.grant_id}"
