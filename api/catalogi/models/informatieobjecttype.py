"""INFORMATIEOBJECTTYPE: what kind of document it is."""

# ruff: noqa: DJ001  (the wire tells null from an empty string)

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from api.catalogi.models.versie import Hoofdtype
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.sql.parts import parts_of


class Informatieobjecttype(Hoofdtype):
    """A version of a type of document (Catalogi 1.3.3, ``InformatieObjectType``).

    The columns ``omschrijving_generiek_*`` are the group omschrijvingGeneriek, whose members carry
    the suffix InformatieobjecttypeOmschrijvingGeneriek on the wire; empty when it is absent.
    """

    omschrijving = models.CharField(max_length=80)
    vertrouwelijkheidaanduiding = models.SmallIntegerField(choices=Vertrouwelijkheidaanduiding)
    informatieobjectcategorie = models.CharField(max_length=80)
    trefwoord = ArrayField(models.CharField(max_length=30), blank=True, default=list)
    omschrijving_generiek_omschrijving = models.CharField(max_length=80, blank=True, default="")
    omschrijving_generiek_definitie = models.CharField(max_length=255, blank=True, default="")
    omschrijving_generiek_herkomst = models.CharField(max_length=12, blank=True, default="")
    omschrijving_generiek_hierarchie = models.CharField(max_length=80, blank=True, default="")
    omschrijving_generiek_opmerking = models.CharField(max_length=255, null=True, blank=True)

    class Meta(Hoofdtype.Meta):
        indexes = (
            models.Index(
                fields=("catalogus", "omschrijving", "begin_geldigheid"),
                name="informatieobjecttype_versies",
            ),
            GinIndex(parts_of("omschrijving"), name="informatieobjecttype_tekst"),
        )

    def __str__(self) -> str:
        return self.omschrijving
