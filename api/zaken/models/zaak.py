"""ZAAK: a coherent piece of work with a defined cause and a defined outcome."""

# ruff: noqa: DJ001  (the wire tells null from an empty string)

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from api.catalogi.models.keuzes import Archiefnominatie
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.sql.parts import parts_of
from api.pipeline.validate.fields import DurationField, GeometryField, SequenceField
from api.zaken.models.keuzes import Archiefstatus, Betalingsindicatie

RIGHTS = ("zaaktype", "vertrouwelijkheidaanduiding")
"""On which rights are given (zrc-006)."""


def listed(column: str, *, name: str = "") -> models.Index:
    """Serves a filter on the column, and the order by it."""
    return models.Index(fields=(column, "volgorde"), include=("uuid", *RIGHTS), name=name or f"zaak_{column}")


def today() -> date:
    """The day in the time zone of the settings, Europe/Amsterdam."""
    return timezone.localdate()


class Zaak(models.Model):
    """A zaak (Zaken 1.7.0, ``Zaak``).

    ``volgorde`` is the order of registration, newest first by default. ``kenmerken`` is a list of
    ``{"kenmerk", "bron"}``, ``relevante_andere_zaken`` one of ``{"url", "aardRelatie"}``, whose url
    is relative when the zaak is the municipality's own. The group verlenging is absent when
    verlenging_duur is null; of opschorting and processobject every column is empty.

    A zaak stands below another or has zaken below it, never both. ``is_on_top`` and ``stands_below`` follow
    from ``hoofdzaak``; the migration makes a foreign key from (``hoofdzaak``, ``stands_below``) to
    (``uuid``, ``is_on_top``), so that the database holds it, whoever writes first.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    volgorde = SequenceField()
    identificatie = models.CharField(max_length=40, blank=True)
    bronorganisatie = models.CharField(max_length=9)
    omschrijving = models.CharField(max_length=80, blank=True, default="")
    toelichting = models.CharField(max_length=1000, blank=True, default="")
    zaaktype = models.ForeignKey("catalogi.Zaaktype", models.PROTECT, related_name="zaken", db_index=False)
    hoofdzaak = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="deelzaken")
    is_on_top = models.GeneratedField(
        expression=Case(When(hoofdzaak=None, then=Value(True)), default=Value(False)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    stands_below = models.GeneratedField(
        expression=Case(When(hoofdzaak__isnull=False, then=Value(True))),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )
    registratiedatum = models.DateField(default=today)
    verantwoordelijke_organisatie = models.CharField(max_length=9)
    opdrachtgevende_organisatie = models.CharField(max_length=9, blank=True, default="")
    startdatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    einddatum_gepland = models.DateField(null=True, blank=True)
    uiterlijke_einddatum_afdoening = models.DateField(null=True, blank=True)
    publicatiedatum = models.DateField(null=True, blank=True)
    communicatiekanaal = models.URLField(max_length=1000, blank=True, default="")
    producten_of_diensten = ArrayField(models.URLField(max_length=1000), blank=True, default=list)
    vertrouwelijkheidaanduiding = models.SmallIntegerField(choices=Vertrouwelijkheidaanduiding)
    betalingsindicatie = models.CharField(max_length=12, choices=Betalingsindicatie, blank=True, default="")
    laatste_betaaldatum = models.DateTimeField(null=True, blank=True)
    zaakgeometrie = GeometryField(null=True, blank=True)
    verlenging_reden = models.CharField(max_length=200, blank=True, default="")
    verlenging_duur = DurationField(null=True, blank=True)
    opschorting_indicatie = models.BooleanField(default=False)
    opschorting_reden = models.CharField(max_length=200, blank=True, default="")
    selectielijstklasse = models.URLField(max_length=1000, blank=True, default="")
    relevante_andere_zaken = models.JSONField(blank=True, default=list)
    kenmerken = models.JSONField(blank=True, default=list)
    archiefnominatie = models.CharField(max_length=16, choices=Archiefnominatie, null=True, blank=True)
    archiefstatus = models.CharField(
        max_length=40, choices=Archiefstatus, default=Archiefstatus.NOG_TE_ARCHIVEREN
    )
    archiefactiedatum = models.DateField(null=True, blank=True)
    startdatum_bewaartermijn = models.DateField(null=True, blank=True)
    processobjectaard = models.CharField(max_length=200, null=True, blank=True)
    processobject_datumkenmerk = models.CharField(max_length=250, blank=True, default="")
    processobject_identificatie = models.CharField(max_length=250, blank=True, default="")
    processobject_objecttype = models.CharField(max_length=250, blank=True, default="")
    processobject_registratie = models.CharField(max_length=250, blank=True, default="")

    class Meta:
        ordering = ("-volgorde",)
        # One for each filter that selects few rows and each order of the list. Ties are broken by
        # volgorde: with it behind the column a page reads no more rows than it shows. With the key and the
        # rights beside it many are counted, and far pages found, without a look at the rows themselves.
        indexes = (
            models.Index(fields=("volgorde",), include=("uuid", *RIGHTS), name="zaak_volgorde"),
            models.Index(fields=(*RIGHTS, "volgorde"), include=("uuid",), name="zaak_rights"),
            models.Index(fields=("identificatie", "volgorde"), name="zaak_identificatie"),
            listed("startdatum"),
            listed("einddatum"),
            listed("registratiedatum"),
            listed("publicatiedatum"),
            listed("archiefactiedatum"),
            listed("einddatum_gepland"),
            listed("uiterlijke_einddatum_afdoening", name="zaak_uiterlijk"),
            models.Index(
                fields=("archiefstatus", "archiefnominatie", "archiefactiedatum"),
                include=("volgorde", "uuid", *RIGHTS),
                name="zaak_archief",
            ),
            GistIndex(fields=("zaakgeometrie",), name="zaak_geometrie"),
            GinIndex(
                parts_of("identificatie"),
                parts_of("omschrijving"),
                OpClass("kenmerken", name="jsonb_path_ops"),
                name="zaak_tekst",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("bronorganisatie", "identificatie"), include=RIGHTS, name="zaak_identificatie_unique"
            ),
            # what belongs to a zaak is listed by the rights on it
            models.UniqueConstraint(fields=("uuid", "is_on_top"), include=RIGHTS, name="zaak_on_top"),
            models.CheckConstraint(condition=~Q(identificatie=""), name="zaak_has_identificatie"),
            models.CheckConstraint(condition=~Q(hoofdzaak=F("uuid")), name="zaak_is_not_its_hoofdzaak"),
            # zrc-014
            models.CheckConstraint(
                condition=Q(laatste_betaaldatum=None) | ~Q(betalingsindicatie="nvt"),
                name="zaak_betaling_nvt",
            ),
        )

    def __str__(self) -> str:
        return self.identificatie
