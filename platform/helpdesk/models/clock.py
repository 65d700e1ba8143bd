"""The clocks of a report as they were when something last happened to it, to sort and to count by."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from contracts.models import Priority
from contracts.running import ClockKind, Outcome
from helpdesk.models.ticket import Ticket
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import VendorRow


class TicketClock(VendorRow):
    """All of a report are rewritten with each of its events; ``place`` is where the pure function has it.

    Seconds are of working time. ``due_at`` is empty while it stands still.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="clocks")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=ClockKind)
    priority = models.CharField(max_length=2, choices=Priority)
    outcome = models.CharField(max_length=12, choices=Outcome)
    target_seconds = models.PositiveIntegerField()
    used_seconds = models.PositiveIntegerField()
    paused_seconds = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    warns_at = ArrayField(
        models.DateTimeField(),
        default=list,
        help_text="When 50, 75 and 90 per cent is used.",
    )
    next_warning_at = models.DateTimeField(
        null=True, blank=True, help_text="The first of these, or of its end, that nobody was told of yet."
    )

    class Meta:
        ordering = ("place",)
        indexes = (
            models.Index(
                fields=("next_warning_at",), name="clock_warnings", condition=Q(next_warning_at__isnull=False)
            ),
            models.Index(fields=("municipality", "started_at"), name="clocks_of_gemeente"),
            models.Index(
                fields=("due_at",),
                name="clocks_that_run",
                condition=Q(stopped_at__isnull=True, due_at__isnull=False),
            ),
        )
        constraints = (
            models.UniqueConstraint("ticket", "place", name="one_clock_at_a_place"),
            models.CheckConstraint(condition=Q(kind__in=ClockKind.values), name="clock_kind_is_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="clock_outcome_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.kind}"

    @property
    def is_open(self) -> bool:
        return self.stopped_at is None


class Warned(models.Model):
    """That somebody was told how much of a clock is used; of each part once. 100 is that it is too late."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="warned")
    kind = models.CharField(max_length=20, choices=ClockKind)
    started_at = models.DateTimeField()
    percent = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint("ticket", "kind", "started_at", "percent", name="warned_once"),
        )

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.kind} {self.percent}"
