"""How each minute of a municipality went."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q

from tenants.registry.models import Municipality

MINUTES_OF_AN_HOUR = 60


class Measured(StrEnum):
    """One minute, as the letter that is stored."""

    NOTHING = "."
    """Nobody measured it, which says nothing of how it was."""
    UP = "u"
    DOWN = "d"
    """The probe was not answered, twice."""
    FAILING = "f"
    """The probe was answered, and too many requests of others failed."""


UNMEASURED = Measured.NOTHING.value * MINUTES_OF_AN_HOUR


class Minutes(models.Model):
    """An hour of one municipality: a letter for each minute, and how many requests it had."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    hour = models.DateTimeField(help_text="Its first moment.")
    states = models.CharField(max_length=MINUTES_OF_AN_HOUR, default=UNMEASURED)
    requests = models.PositiveIntegerField(
        default=0, help_text="Of applications and people, without the probe's."
    )
    failures = models.PositiveIntegerField(
        default=0, help_text="Of these, those that ended with a fault of ours."
    )

    class Meta:
        indexes = (models.Index(fields=("hour",), name="hours_by_age"),)
        constraints = (
            models.UniqueConstraint(fields=("municipality", "hour"), name="an_hour_once"),
            models.CheckConstraint(
                condition=Q(states__regex=rf"^[.udf]{{{MINUTES_OF_AN_HOUR}}}$"), name="sixty_known_minutes"
            ),
            models.CheckConstraint(
                condition=Q(failures__lte=models.F("requests")), name="no_more_failures_than_requests"
            ),
        )

    def __str__(self) -> str:
        return f"{self.municipality_id}: {self.hour:%Y-%m-%d %H:%M}"
