"""What is done once an act stands: somebody is told, a file is drawn. Each is a row until it is done.

The rows are written in the transaction of the act, so that they stand or fall with it, and are taken away by
whoever did what they ask.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils import timezone


class Waiting(models.Model):
    """``next_at`` is when it is tried next; while somebody has it, when another may take it from him."""

    written_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    holder = models.UUIDField(null=True, help_text="Who does it: another for each attempt.")

    class Meta:
        abstract = True


class Errand(Waiting):
    """``given`` has numbers, and words of ours: nothing that anybody wrote."""

    kind = models.CharField(max_length=60, help_text="A key of the setting ERRANDS.")
    given = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=("next_at", "id"), name="errands_by_turn"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Letter(Waiting):
    """To one address. All that it says is sealed: it may have a link that lets somebody in."""

    key = models.UUIDField(default=uuid4, unique=True, help_text="The same however often it is tried.")
    sealed = models.TextField()
    until = models.DateTimeField(null=True, help_text="When what it says is over, and it need not go.")

    class Meta:
        indexes = (models.Index(fields=("next_at", "id"), name="letters_by_turn"),)

    def __str__(self) -> str:
        return str(self.key)
