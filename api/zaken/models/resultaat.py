"""RESULTAAT: the outcome of a zaak."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class Resultaat(models.Model):
    """The one outcome of a zaak (Zaken 1.7.0, ``Resultaat``); without it no zaak is closed."""

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    zaak = models.OneToOneField("zaken.Zaak", models.CASCADE, related_name="resultaat")
    resultaattype = models.ForeignKey(
        "catalogi.Resultaattype", models.PROTECT, related_name="resultaten", db_index=False
    )
    toelichting = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=("zaak", "uuid"), name="resultaat_zaak"),
            models.Index(fields=("resultaattype", "zaak"), name="resultaat_type"),
        )

    def __str__(self) -> str:
        return self.toelichting
