"""Who did what in a console, when and for whom."""

from __future__ import annotations

from django.db import models


class LogLine(models.Model):
    """Of the vendor in public, of a municipality in its own schema; the database lets nobody change one.

    It names people and things by text: what they are called then, and still when they are gone.
    """

    at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True, help_text="Empty where the system itself did it.")
    person = models.CharField(max_length=254)
    organisation = models.CharField(max_length=200)
    area = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=300)
    municipality = models.CharField(max_length=40, blank=True, default="", help_text="Its schema.")
    changes = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("-at", "-id"), name="%(app_label)s_log_at"),
            models.Index(fields=("municipality", "-at"), name="%(app_label)s_log_municipality"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.action} {self.subject}"
