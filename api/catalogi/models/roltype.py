"""ROLTYPE: what somebody can be in zaken of a zaaktype."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from api.catalogi.models.keuzes import OmschrijvingGeneriek
from api.catalogi.models.versie import Subtype
from api.pipeline.sql.parts import parts_of


class Roltype(Subtype):
    """A possible part in a zaak (Catalogi 1.3.3, ``RolType``)."""

    zaaktype = models.ForeignKey("catalogi.Zaaktype", models.CASCADE, related_name="roltypen")
    omschrijving = models.CharField(max_length=100)
    omschrijving_generiek = models.CharField(max_length=20, choices=OmschrijvingGeneriek)

    class Meta(Subtype.Meta):
        indexes = (GinIndex(parts_of("omschrijving"), name="roltype_tekst"),)

    def __str__(self) -> str:
        return self.omschrijving
