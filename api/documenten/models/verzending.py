"""VERZENDING: that a document came from somebody, or went to somebody."""

# ruff: noqa: DJ001  (the wire tells null from an empty string)

from __future__ import annotations

from uuid import uuid4

from django.core.validators import EmailValidator
from django.db import models
from django.db.models import Q

from api.documenten.models.keuzes import AardRelatie


class Verzending(models.Model):
    """Who sent a document, or to whom it was sent (Documenten 1.7.0, ``Verzending``).

    The three addresses are small objects as on the wire, or null. A document has one afzender at most.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    informatieobject = models.ForeignKey(
        "documenten.EnkelvoudigInformatieObject", models.CASCADE, related_name="verzendingen"
    )
    betrokkene = models.URLField(max_length=200)
    aard_relatie = models.CharField(max_length=13, choices=AardRelatie)
    toelichting = models.CharField(max_length=200, blank=True, default="")
    ontvangstdatum = models.DateField(null=True, blank=True)
    verzenddatum = models.DateField(null=True, blank=True)
    contact_persoon = models.URLField(max_length=1000)
    contactpersoonnaam = models.CharField(max_length=40, blank=True, default="")
    binnenlands_correspondentieadres = models.JSONField(null=True, blank=True)
    buitenlands_correspondentieadres = models.JSONField(null=True, blank=True)
    correspondentie_postadres = models.JSONField(null=True, blank=True)
    faxnummer = models.CharField(max_length=15, null=True, blank=True)
    emailadres = models.CharField(max_length=100, null=True, blank=True, validators=[EmailValidator()])
    mijn_overheid = models.BooleanField(default=False)
    telefoonnummer = models.CharField(max_length=15, null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("betrokkene",), name="verzending_betrokkene"),)
        constraints = (
            models.UniqueConstraint(
                fields=("informatieobject",),
                condition=Q(aard_relatie="afzender"),
                name="verzending_one_afzender",
            ),
        )

    def __str__(self) -> str:
        return self.aard_relatie
