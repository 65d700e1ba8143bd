"""Who may call a municipality's APIs: a secret, an applicatie and what it may do."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding


class Component(models.TextChoices):
    """The provider that an autorisatie is about (AC 1.1.0)."""

    AUTORISATIES = "ac", "Autorisaties API"
    NOTIFICATIES = "nrc", "Notificaties API"
    ZAKEN = "zrc", "Zaken API"
    CATALOGI = "ztc", "Catalogi API"
    DOCUMENTEN = "drc", "Documenten API"
    BESLUITEN = "brc", "Besluiten API"


class Credential(models.Model):
    """The shared secret with which one client id signs its tokens.

    It may exist before the applicatie that names its client id: a token of such a client is
    valid, and holds no scope at all.
    """

    client_id = models.CharField(max_length=50, primary_key=True)
    secret = models.CharField(max_length=255)
    valid_until = models.DateTimeField(null=True, help_text="From that moment on its tokens are refused.")

    def __str__(self) -> str:
        return self.client_id


class Applicatie(models.Model):
    """An application with its rights (AC 1.1.0, ``Applicatie``)."""

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    label = models.CharField(max_length=100)
    heeft_alle_autorisaties = models.BooleanField(default=False)
    alleen_is_gereed_voor_publicatie = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.label


class ClientId(models.Model):
    """A client id belongs to exactly one applicatie (ac-001): the primary key says so."""

    client_id = models.CharField(max_length=50, primary_key=True)
    applicatie = models.ForeignKey(Applicatie, models.CASCADE, related_name="client_ids")
    volgorde = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("volgorde",)

    def __str__(self) -> str:
        return self.client_id


class IssuedClientId(models.Model):
    """A client id that was ever given out, and to which applicatie, which need no longer exist.

    Kept when the applicatie drops the id or is deleted: nobody else gets it (ac-001).
    """

    client_id = models.CharField(max_length=50, primary_key=True)
    applicatie_uuid = models.UUIDField()

    def __str__(self) -> str:
        return self.client_id


class Autorisatie(models.Model):
    """Scopes of one component, up to a level of confidentiality, for what it names.

    It names one type (``type_url``, as the client gave it, and ``type_uuid`` where that type is
    the municipality's own), or every version of an ``identificatie`` in a ``catalogus``, or all
    types of a ``catalogus``, now and later. Components without types name nothing.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    applicatie = models.ForeignKey(Applicatie, models.CASCADE, related_name="autorisaties")
    volgorde = models.PositiveIntegerField(default=0)
    component = models.CharField(max_length=3, choices=Component)
    scopes = ArrayField(models.CharField(max_length=100))
    type_url = models.CharField(max_length=1000, blank=True, default="")
    type_uuid = models.UUIDField(null=True)
    catalogus = models.ForeignKey(
        "catalogi.Catalogus", models.CASCADE, null=True, related_name="+", db_constraint=True
    )
    identificatie = models.CharField(max_length=100, blank=True, default="")
    max_vertrouwelijkheidaanduiding = models.SmallIntegerField(null=True, choices=Vertrouwelijkheidaanduiding)

    class Meta:
        ordering = ("volgorde",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(identificatie="") | models.Q(catalogus__isnull=False),
                name="identificatie_within_catalogus",
            ),
            models.CheckConstraint(
                condition=models.Q(type_url="") | models.Q(catalogus__isnull=True),
                name="type_or_catalogus",
            ),
        )

    def __str__(self) -> str:
        return f"{self.component}: {', '.join(self.scopes)}"
