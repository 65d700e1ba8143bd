"""IMPORT: documents that come in together, by a table and files in a folder; and what became of each row."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class DocumentImport(models.Model):
    """How far an import is. Its table lies in the municipality's storage under ``table``."""

    class Status(models.TextChoices):
        PENDING = "pending", "Openstaand"
        ACTIVE = "active", "Actief"
        FINISHED = "finished", "Voltooid"
        ERROR = "error", "Onderbroken"

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    total = models.PositiveIntegerField(default=0)
    processed = models.PositiveIntegerField(default=0)
    processed_successfully = models.PositiveIntegerField(default=0)
    processed_invalid = models.PositiveIntegerField(default=0)
    table = models.CharField(max_length=255, blank=True, default="")
    created_on = models.DateTimeField(auto_now_add=True, db_index=True)
    finished_on = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    processed=models.F("processed_successfully") + models.F("processed_invalid"),
                    processed__lte=models.F("total"),
                ),
                name="import_adds_up",
            ),
        )

    def __str__(self) -> str:
        return f"{self.uuid} ({self.status})"


class ImportRegel(models.Model):
    """What became of one row of the table; ``nummer`` counts from 1."""

    of_import = models.ForeignKey(DocumentImport, models.CASCADE, related_name="regels")
    nummer = models.PositiveIntegerField()
    document = models.UUIDField(null=True, blank=True)
    identificatie = models.CharField(max_length=40, blank=True, default="")
    opmerking = models.CharField(max_length=2000, blank=True, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("of_import", "nummer"), name="import_row_once"),)

    def __str__(self) -> str:
        return f"{self.nummer}"
