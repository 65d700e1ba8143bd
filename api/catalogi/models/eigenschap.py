"""EIGENSCHAP: a fact that matters to zaken of one zaaktype only."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from api.catalogi.models.keuzes import Formaat
from api.catalogi.models.versie import Subtype


class Eigenschap(Subtype):
    """A property of zaken of a zaaktype (Catalogi 1.3.3, ``Eigenschap``).

    ``specificatie_lengte`` is text: ``8``, or ``5,2`` for digits before and after the comma.
    """

    zaaktype = models.ForeignKey("catalogi.Zaaktype", models.CASCADE, related_name="eigenschappen")
    # The status that may not be set before the eigenschap has a value.
    statustype = models.ForeignKey(
        "catalogi.Statustype",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="eigenschappen",
    )
    naam = models.CharField(max_length=20)
    definitie = models.CharField(max_length=255)
    toelichting = models.CharField(max_length=1000, blank=True, default="")
    specificatie_groep = models.CharField(max_length=32, blank=True, default="")
    specificatie_formaat = models.CharField(max_length=10, choices=Formaat)
    specificatie_lengte = models.CharField(max_length=14)
    specificatie_kardinaliteit = models.CharField(max_length=3)
    specificatie_waardenverzameling = ArrayField(models.CharField(max_length=100), blank=True, default=list)

    def __str__(self) -> str:
        return self.naam
