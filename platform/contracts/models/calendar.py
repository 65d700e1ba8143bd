from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models.version import Version, Versioned
from contracts.working_time import Hours


class Calendar(Versioned):
    """When clocks run."""


class Zone(models.TextChoices):
    AMSTERDAM = "Europe/Amsterdam", _("Europees Nederland")
    KRALENDIJK = "America/Kralendijk", _("Caribisch Nederland")


class CalendarVersion(Version):
    """Spans are pairs of minutes, [from, until), of the clock on the wall; 1440 is midnight at the end."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="versions")
    zone = models.CharField(max_length=40, choices=Zone, default=Zone.AMSTERDAM)
    always = models.BooleanField(default=False, help_text="24x7, without exceptions.")
    week = models.JSONField(help_text="Of each day, Monday first, its spans.")
    days = models.JSONField(
        default=list, help_text="The exceptions: each with day, label and spans, in order."
    )
    holiday_years = ArrayField(
        models.PositiveSmallIntegerField(), default=list, help_text="Those whose holidays somebody confirmed."
    )

    class Meta(Version.Meta):
        constraints = (models.UniqueConstraint("calendar", "number", name="one_calendar_version"),)

    def __str__(self) -> str:
        return f"{self.calendar}, {self.number}"

    @property
    def hours(self) -> Hours:
        def spans(given: list[list[int]]) -> tuple[tuple[int, int], ...]:
            return tuple((since, until) for since, until in given)

        return Hours(
            zone=ZoneInfo(self.zone),
            always=self.always,
            week=tuple(spans(each) for each in self.week),
            days={date.fromisoformat(each["day"]): spans(each["spans"]) for each in self.days},
        )
