"""BESTANDSDEEL: a part of content that is uploaded in parts."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q


class BestandsDeel(models.Model):
    """A part of a document's content (Documenten 1.7.0, ``BestandsDeel``); voltooid once it has ``inhoud``.

    The parts of a document are there from the moment its size is known until it is unlocked.

    ``key`` in ``opslag`` is the file that all of them become, where its storage takes parts at their place in
    it, and ``vanaf`` is where this one begins; empty where each part is kept apart. ``genomen`` says that
    somebody may be writing there, or wrote: nobody else does. See ``api.documenten.content.places``.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    document = models.ForeignKey(
        "documenten.EnkelvoudigInformatieObject",
        models.CASCADE,
        related_name="bestandsdelen",
        db_index=False,
    )
    volgnummer = models.PositiveIntegerField()
    omvang = models.PositiveBigIntegerField()
    inhoud = models.ForeignKey(
        "documenten.Inhoud", models.PROTECT, null=True, blank=True, related_name="bestandsdeel_set"
    )
    opslag = models.CharField(max_length=50, blank=True, default="")
    key = models.CharField(max_length=255, blank=True, default="")
    vanaf = models.PositiveBigIntegerField(default=0)
    genomen = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("document", "volgnummer"), name="bestandsdeel_unique"),
            models.CheckConstraint(condition=Q(omvang__gt=0), name="bestandsdeel_has_omvang"),
        )

    def __str__(self) -> str:
        return f"deel {self.volgnummer}"
