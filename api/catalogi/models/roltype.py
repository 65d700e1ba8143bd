"""ROLTYPE: what somebody can be in zaken of a zaaktype."""

from __future__ import annotations

from django.db import models

from api.catalogi.models.keuzes import OmschrijvingGeneriek
from api.catalogi.models.versie import Subtype


class Roltype(Subtype):
    """A possible part in a zaak (Catalogi 1.3.3, ``RolType``)."""

    zaaktype = models.ForeignKey("catalogi.Zaaktype", models.CASCADE, related_name="roltypen")
    omschrijving = models.CharField(max_length=100)
    omschrijving_generiek = models.CharField(max_length=20, choices=OmschrijvingGeneriek)

    def __str__(self) -> str:
        return self.omschrijving
