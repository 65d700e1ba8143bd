"""What every write leaves behind: a line in the audit trail, a message in the outbox, and in the counts."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from api.records.raw_json import RawJSONField


class AuditTrail(models.Model):
    """One write, with the whole representation before and after it (rules of section 3).

    URLs are stored relative (see ``api.pipeline.validate.references``), so that the trail reads well on
    every host of the municipality. Rows hang on the main object by its uuid alone: they are
    deleted with it by the rule that says so, and never block it.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=uuid4, editable=False)
    bron = models.CharField(max_length=3)
    applicatie_id = models.CharField(max_length=100, blank=True, default="")
    applicatie_weergave = models.CharField(max_length=200, blank=True, default="")
    gebruikers_id = models.CharField(max_length=255, blank=True, default="")
    gebruikers_weergave = models.CharField(max_length=255, blank=True, default="")
    actie = models.CharField(max_length=50)
    actie_weergave = models.CharField(max_length=200, blank=True, default="")
    resultaat = models.PositiveSmallIntegerField()
    hoofd_object_uuid = models.UUIDField()
    hoofd_object = models.CharField(max_length=1000)
    resource = models.CharField(max_length=50)
    resource_url = models.CharField(max_length=1000)
    toelichting = models.TextField(blank=True, default="")
    resource_weergave = models.CharField(max_length=200)
    aanmaakdatum = models.DateTimeField()
    oud = RawJSONField(null=True)
    nieuw = RawJSONField(null=True)
    nlx_logrecord_id = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("hoofd_object_uuid", "id"), name="audittrail_hoofdobject"),)

    def __str__(self) -> str:
        return f"{self.actie} {self.resource}"


class OutboxMessage(models.Model):
    """A notification that waits for delivery; ids and kenmerken, never content."""

    id = models.BigAutoField(primary_key=True)
    kanaal = models.CharField(max_length=50)
    hoofd_object = models.CharField(max_length=1000)
    resource = models.CharField(max_length=100)
    resource_url = models.CharField(max_length=1000)
    actie = models.CharField(max_length=100)
    kenmerken = RawJSONField(default="{}")
    aanmaakdatum = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kanaal}: {self.actie} {self.resource}"


class RowCount(models.Model):
    """How many rows a statement added of one kind, less those that it removed; see ``row_counts``.

    Triggers write it alone. Many rows of the same kind, type and level are folded into one.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=63)
    """The name of the table that is counted."""
    type = models.UUIDField()
    level = models.SmallIntegerField()
    published = models.BooleanField()
    number = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=("kind",), name="rowcount_kind"),)

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"
