"""BESLUITTYPE: what kind of besluit it is."""

from __future__ import annotations

from django.db import models

from api.catalogi.models.versie import Hoofdtype
from api.pipeline.validate.fields import DurationField


class Besluittype(Hoofdtype):
    """A version of a type of besluit (Catalogi 1.3.3, ``BesluitType``).

    Its informatieobjecttypen are rows of ``TypeRelatie``; the zaaktypen and resultaattypen that
    name it are found there the other way round.
    """

    omschrijving = models.CharField(max_length=80, blank=True, default="")
    omschrijving_generiek = models.CharField(max_length=80, blank=True, default="")
    besluitcategorie = models.CharField(max_length=40, blank=True, default="")
    reactietermijn = DurationField(null=True, blank=True)
    publicatie_indicatie = models.BooleanField()
    publicatietekst = models.TextField(blank=True, default="")
    publicatietermijn = DurationField(null=True, blank=True)
    toelichting = models.TextField(blank=True, default="")

    class Meta(Hoofdtype.Meta):
        indexes = (
            models.Index(
                fields=("catalogus", "omschrijving", "begin_geldigheid"), name="besluittype_versies"
            ),
        )

    def __str__(self) -> str:
        return self.omschrijving
