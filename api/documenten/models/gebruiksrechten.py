"""GEBRUIKSRECHTEN: what a document may be used for."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class Gebruiksrechten(models.Model):
    """Conditions on the use of a document (Documenten 1.7.0, ``Gebruiksrechten``); stored, not enforced."""

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    informatieobject = models.ForeignKey(
        "documenten.EnkelvoudigInformatieObject", models.CASCADE, related_name="gebruiksrechten"
    )
    startdatum = models.DateTimeField()
    einddatum = models.DateTimeField(null=True, blank=True)
    omschrijving_voorwaarden = models.TextField()

    class Meta:
        indexes = (
            models.Index(fields=("startdatum",), name="gebruiksrechten_start"),
            models.Index(fields=("einddatum",), name="gebruiksrechten_eind"),
        )

    def __str__(self) -> str:
        return f"gebruiksrechten vanaf {self.startdatum:%Y-%m-%d}"
