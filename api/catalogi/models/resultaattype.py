"""RESULTAATTYPE: how zaken of a zaaktype can end, and what that means for their archiving."""

# ruff: noqa: DJ001  (the wire tells null from an empty string)

from __future__ import annotations

from django.db import models

from api.catalogi.models.keuzes import Afleidingswijze, Archiefnominatie, Objecttype
from api.catalogi.models.versie import Subtype
from api.pipeline.validate.fields import DurationField


class Resultaattype(Subtype):
    """A possible outcome (Catalogi 1.3.3, ``ResultaatType``).

    ``omschrijving_generiek`` is copied from what resultaattypeomschrijving refers to (ztc-002). The
    group brondatumArchiefprocedure is absent when its afleidingswijze is empty. Its besluittypen
    and informatieobjecttypen are rows of ``TypeRelatie``.
    """

    zaaktype = models.ForeignKey("catalogi.Zaaktype", models.CASCADE, related_name="resultaattypen")
    omschrijving = models.CharField(max_length=30)
    resultaattypeomschrijving = models.URLField(max_length=1000)
    omschrijving_generiek = models.CharField(max_length=80, blank=True, default="")
    selectielijstklasse = models.URLField(max_length=1000)
    toelichting = models.TextField(blank=True, default="")
    archiefnominatie = models.CharField(max_length=16, choices=Archiefnominatie, blank=True, default="")
    archiefactietermijn = DurationField(null=True, blank=True)
    brondatum_archiefprocedure_afleidingswijze = models.CharField(
        max_length=20, choices=Afleidingswijze, blank=True, default=""
    )
    brondatum_archiefprocedure_datumkenmerk = models.CharField(max_length=80, blank=True, default="")
    brondatum_archiefprocedure_einddatum_bekend = models.BooleanField(default=False)
    brondatum_archiefprocedure_objecttype = models.CharField(
        max_length=80, choices=Objecttype, blank=True, default=""
    )
    brondatum_archiefprocedure_registratie = models.CharField(max_length=80, blank=True, default="")
    brondatum_archiefprocedure_procestermijn = DurationField(null=True, blank=True)
    procesobjectaard = models.CharField(max_length=200, null=True, blank=True)
    indicatie_specifiek = models.BooleanField(null=True, blank=True)
    procestermijn = DurationField(null=True, blank=True)

    def __str__(self) -> str:
        return self.omschrijving
