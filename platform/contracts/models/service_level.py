from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from contracts.models.calendar import Calendar
from contracts.models.version import Version, Versioned

USUAL_REPORT_DAY = 3
LAST_REPORT_DAY = 28
"""That every month has."""


class Priority(models.TextChoices):
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class ServiceLevel(Versioned):
    """What is promised: how often it is up, and how soon something is done about a report."""


class ServiceLevelVersion(Version):
    level = models.ForeignKey(ServiceLevel, models.PROTECT, related_name="versions")
    availability = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(50), MaxValueValidator(100)],
        help_text="Per cent of a month.",
    )
    window = models.ForeignKey(
        Calendar, models.PROTECT, related_name="+", help_text="When availability is counted."
    )
    rpo_minutes = models.PositiveIntegerField(help_text="Of how long data may be lost.")
    rto_minutes = models.PositiveIntegerField(help_text="How long it may take until it works again.")
    matrix = models.JSONField(help_text="By impact and then urgency, the priority.")
    credits = ArrayField(
        ArrayField(models.DecimalField(max_digits=5, decimal_places=2), size=2),
        default=list,
        help_text="Below this availability, this part of the fee of a month, both in per cent.",
    )

    report_day = models.PositiveSmallIntegerField(
        default=USUAL_REPORT_DAY,
        db_default=USUAL_REPORT_DAY,
        validators=[MinValueValidator(1), MaxValueValidator(LAST_REPORT_DAY)],
        help_text="Of each month, from which the report of the month before is there.",
    )

    class Meta(Version.Meta):
        constraints = (models.UniqueConstraint("level", "number", name="one_service_level_version"),)

    def __str__(self) -> str:
        return f"{self.level}, {self.number}"


class Target(models.Model):
    """Minutes of working time; empty where nothing is agreed, as a solution that comes with a release."""

    version = models.ForeignKey(ServiceLevelVersion, models.PROTECT, related_name="targets")
    priority = models.CharField(max_length=2, choices=Priority)
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="+")
    response = models.PositiveIntegerField(null=True)
    update = models.PositiveIntegerField(null=True)
    workaround = models.PositiveIntegerField(null=True)
    resolution = models.PositiveIntegerField(null=True)
    pauses_for_reporter = models.BooleanField(default=True)
    pauses_for_third_party = models.BooleanField(default=False)

    class Meta:
        ordering = ("priority",)
        constraints = (
            models.UniqueConstraint("version", "priority", name="one_target_per_priority"),
            models.CheckConstraint(condition=models.Q(priority__in=Priority.values), name="known_priority"),
            models.CheckConstraint(
                condition=~models.Q(priority=Priority.P1, pauses_for_third_party=True),
                name="p1_waits_for_no_third_party",
            ),
        )

    def __str__(self) -> str:
        return f"{self.version}: {self.priority}"
