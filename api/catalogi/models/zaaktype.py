"""ZAAKTYPE: what kind of zaak it is, and the rules by which it is handled."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.expressions import Func, Value

from api.catalogi.models.keuzes import IndicatieInternOfExtern
from api.catalogi.models.versie import Hoofdtype
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.sql.parts import parts_of
from api.pipeline.validate.fields import DurationField

GELDIGHEID = Func(
    "begin_geldigheid",
    "einde_geldigheid",
    Value("[]"),
    function="daterange",
    output_field=DateRangeField(),
)


class Zaaktype(Hoofdtype):
    """A version of a zaaktype (Catalogi 1.3.3, ``ZaakType``).

    Its besluittypen, deelzaaktypen and gerelateerde zaaktypen are rows of ``TypeRelatie``. Of an
    absent group (referentieproces, broncatalogus, bronzaaktype) every column is empty.
    """

    identificatie = models.CharField(max_length=50)
    omschrijving = models.CharField(max_length=80)
    omschrijving_generiek = models.CharField(max_length=80, blank=True, default="")
    vertrouwelijkheidaanduiding = models.SmallIntegerField(choices=Vertrouwelijkheidaanduiding)
    doel = models.TextField()
    aanleiding = models.TextField()
    toelichting = models.TextField(blank=True, default="")
    indicatie_intern_of_extern = models.CharField(max_length=6, choices=IndicatieInternOfExtern)
    handeling_initiator = models.CharField(max_length=20)
    onderwerp = models.CharField(max_length=80)
    handeling_behandelaar = models.CharField(max_length=20)
    doorlooptijd = DurationField()
    servicenorm = DurationField(null=True, blank=True)
    opschorting_en_aanhouding_mogelijk = models.BooleanField()
    verlenging_mogelijk = models.BooleanField()
    verlengingstermijn = DurationField(null=True, blank=True)
    trefwoorden = ArrayField(models.CharField(max_length=30), blank=True, default=list)
    publicatie_indicatie = models.BooleanField()
    publicatietekst = models.TextField(blank=True, default="")
    verantwoordingsrelatie = ArrayField(models.CharField(max_length=40), blank=True, default=list)
    producten_of_diensten = ArrayField(models.URLField(max_length=1000), blank=True, default=list)
    selectielijst_procestype = models.URLField(blank=True, default="")
    referentieproces_naam = models.CharField(max_length=80)
    referentieproces_link = models.URLField(blank=True, default="")
    verantwoordelijke = models.CharField(max_length=50)
    broncatalogus_url = models.URLField(blank=True, default="")
    broncatalogus_domein = models.CharField(max_length=5, blank=True, default="")
    broncatalogus_rsin = models.CharField(max_length=9, blank=True, default="")
    bronzaaktype_url = models.URLField(blank=True, default="")
    bronzaaktype_identificatie = models.CharField(max_length=50, blank=True, default="")
    bronzaaktype_omschrijving = models.CharField(max_length=80, blank=True, default="")
    versiedatum = models.DateField(null=True, blank=True)

    class Meta(Hoofdtype.Meta):
        indexes = (
            models.Index(fields=("catalogus", "identificatie", "begin_geldigheid"), name="zaaktype_versies"),
            models.Index(fields=("identificatie",), name="zaaktype_identificatie"),
            GinIndex(fields=("trefwoorden",), name="zaaktype_trefwoorden"),
            GinIndex(parts_of("identificatie"), parts_of("omschrijving"), name="zaaktype_tekst"),
        )
        constraints = (
            *Hoofdtype.Meta.constraints,
            # ztc-016: published versions of one identificatie are never valid on the same day.
            ExclusionConstraint(
                name="zaaktype_geldigheid_overlap",
                expressions=[
                    ("catalogus", RangeOperators.EQUAL),
                    ("identificatie", RangeOperators.EQUAL),
                    (GELDIGHEID, RangeOperators.OVERLAPS),
                ],
                condition=models.Q(concept=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.identificatie} ({self.omschrijving})"
