"""ENKELVOUDIGINFORMATIEOBJECT: a document, with the versions that it had."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.documenten.models.keuzes import Algoritme, Documentstatus, Ondertekeningsoort
from api.pipeline.sql.parts import parts_of
from api.pipeline.validate.fields.sequence import SequenceField

RIGHTS = ("informatieobjecttype", "vertrouwelijkheidaanduiding", "is_gereed_voor_publicatie")
"""On which rights are given."""


def listed(column: str, *, name: str = "") -> models.Index:
    """Serves a filter on the column, and the order by it."""
    beside = ("uuid", *(each for each in RIGHTS if each != column))
    return models.Index(fields=(column, "volgorde"), include=beside, name=name or f"document_{column}")


class Versie(models.Model):
    """What every version of a document has (Documenten 1.7.0, ``EnkelvoudigInformatieObject``).

    Of the groups ondertekening and integriteit every column is empty where they are absent. ``inhoud`` is
    what is stored, and ``bestandsomvang`` its size; of content that is still to come in parts there is the
    size alone.
    """

    versie = models.PositiveIntegerField(default=1)
    begin_registratie = models.DateTimeField(default=timezone.now)
    identificatie = models.CharField(max_length=40, blank=True)
    bronorganisatie = models.CharField(max_length=9)
    creatiedatum = models.DateField()
    titel = models.CharField(max_length=200)
    vertrouwelijkheidaanduiding = models.SmallIntegerField(choices=Vertrouwelijkheidaanduiding)
    is_gereed_voor_publicatie = models.BooleanField(null=True, blank=True)
    tonen_aan_initiator = models.BooleanField(default=False)
    auteur = models.CharField(max_length=200)
    status = models.CharField(max_length=16, choices=Documentstatus, blank=True, default="")
    inhoud_is_vervallen = models.BooleanField(null=True, blank=True)
    formaat = models.CharField(max_length=255, blank=True, default="")
    taal = models.CharField(max_length=3, validators=[MinLengthValidator(3)])
    bestandsnaam = models.CharField(max_length=255, blank=True, default="")
    inhoud = models.ForeignKey(
        "documenten.Inhoud", models.PROTECT, null=True, blank=True, related_name="%(class)s_set"
    )
    bestandsomvang = models.PositiveBigIntegerField(null=True, blank=True)
    link = models.URLField(max_length=200, blank=True, default="")
    beschrijving = models.CharField(max_length=1000, blank=True, default="")
    ontvangstdatum = models.DateField(null=True, blank=True)
    verzenddatum = models.DateField(null=True, blank=True)
    indicatie_gebruiksrecht = models.BooleanField(null=True, blank=True)
    verschijningsvorm = models.TextField(blank=True, default="")
    ondertekening_soort = models.CharField(max_length=10, choices=Ondertekeningsoort, blank=True, default="")
    ondertekening_datum = models.DateField(null=True, blank=True)
    integriteit_algoritme = models.CharField(max_length=20, choices=Algoritme, blank=True, default="")
    integriteit_waarde = models.CharField(max_length=128, blank=True, default="")
    integriteit_datum = models.DateField(null=True, blank=True)
    informatieobjecttype = models.ForeignKey(
        "catalogi.Informatieobjecttype", models.PROTECT, related_name="%(class)s_set", db_index=False
    )
    trefwoorden = ArrayField(models.CharField(max_length=100), blank=True, default=list)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.identificatie


class EnkelvoudigInformatieObject(Versie):
    """A document; its row is its newest version.

    ``lock`` is the secret of who holds it, and empty where nobody does; ``lock_houder`` is the client id that
    it is told to. ``volgorde`` is the order of registration.

    Content is there (``inhoud``), or there is none (``bestandsomvang`` null or 0), or it is still to come in
    parts: then there is a size without content, and the document is locked.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    volgorde = SequenceField()
    lock = models.CharField(max_length=100, blank=True, default="", editable=False)
    lock_houder = models.CharField(max_length=50, blank=True, default="", editable=False)

    class Meta:
        ordering = ("-volgorde",)
        # One for each filter that selects few rows and each order of the list; ties are broken by volgorde.
        indexes = (
            models.Index(fields=("volgorde",), include=("uuid", *RIGHTS), name="document_volgorde"),
            models.Index(
                fields=("informatieobjecttype", "vertrouwelijkheidaanduiding", "volgorde"),
                include=("uuid", "is_gereed_voor_publicatie"),
                name="document_rights",
            ),
            models.Index(
                fields=("volgorde",),
                condition=Q(is_gereed_voor_publicatie=True),
                name="document_gereed",
            ),
            models.Index(fields=("volgorde",), condition=~Q(lock=""), name="document_locked"),
            models.Index(fields=("identificatie", "volgorde"), name="document_identificatie"),
            listed("titel"),
            listed("auteur"),
            listed("creatiedatum"),
            listed("bestandsomvang"),
            listed("formaat"),
            listed("status"),
            listed("vertrouwelijkheidaanduiding", name="document_niveau"),
            GinIndex(parts_of("auteur"), parts_of("beschrijving"), name="document_tekst"),
            GinIndex(fields=("trefwoorden",), name="document_trefwoorden"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("bronorganisatie", "identificatie"), name="document_identificatie_unique"
            ),
            models.CheckConstraint(condition=~Q(identificatie=""), name="document_has_identificatie"),
            models.CheckConstraint(condition=Q(versie__gte=1), name="document_versie_from_1"),
            models.CheckConstraint(
                condition=Q(inhoud=None) | Q(bestandsomvang__isnull=False), name="document_inhoud_has_omvang"
            ),
            models.CheckConstraint(
                condition=~Q(inhoud=None) | Q(bestandsomvang=None) | Q(bestandsomvang=0) | ~Q(lock=""),
                name="document_pending_is_locked",
            ),
            models.CheckConstraint(
                condition=(Q(lock="") & Q(lock_houder="")) | (~Q(lock="") & ~Q(lock_houder="")),
                name="document_lock_has_houder",
            ),
        )


class InformatieObjectVersie(Versie):
    """An earlier version of a document, as it was; never changed."""

    document = models.ForeignKey(
        EnkelvoudigInformatieObject, models.CASCADE, related_name="versies", db_index=False
    )

    class Meta:
        indexes = (
            models.Index(fields=("document", "begin_registratie"), name="versie_begin_registratie"),
            models.Index(fields=("informatieobjecttype",), name="versie_type"),
        )
        constraints = (models.UniqueConstraint(fields=("document", "versie"), name="versie_unique"),)
