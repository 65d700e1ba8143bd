"""VERLATEN INHOUD: bytes that no row points at any more, and that are not deleted yet."""

from __future__ import annotations

from django.db import models


class VerlatenInhoud(models.Model):
    """What a move left at its source, or lost its document. A backup of the database still finds it.

    ``api.documenten.content.leaving`` deletes it, and then this row.
    """

    opslag = models.CharField(max_length=50)
    key = models.CharField(max_length=255)
    verlaten_op = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("opslag", "key"), name="verlaten_inhoud_once"),)

    def __str__(self) -> str:
        return f"{self.opslag} ({self.verlaten_op:%d-%m-%Y})"
