"""ZAAKOBJECTTYPE: what kind of object zaken of a zaaktype can be about."""

from __future__ import annotations

from django.db import models

from api.catalogi.models.versie import Subtype


class Zaakobjecttype(Subtype):
    """A kind of object of a zaaktype (Catalogi 1.3.3, ``ZaakObjectType``).

    The standard shows its resultaattypen and statustypen read-only and gives no way to write them:
    they are those of its zaaktype, and there are no columns for them.
    """

    zaaktype = models.ForeignKey("catalogi.Zaaktype", models.CASCADE, related_name="zaakobjecttypen")
    ander_objecttype = models.BooleanField()
    objecttype = models.URLField()
    relatie_omschrijving = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.relatie_omschrijving
