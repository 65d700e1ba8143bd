"""CATALOGUS: the collection of types that one domain of an organisation works with."""

# ruff: noqa: DJ001  (the wire tells null from an empty string)

from uuid import uuid4

from django.db import models


class Catalogus(models.Model):
    """A catalogue (Catalogi 1.3.3, ``Catalogus``); its types refer to it."""

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    domein = models.CharField(max_length=5)
    rsin = models.CharField(max_length=9)
    naam = models.CharField(max_length=200, null=True, blank=True)
    versie = models.CharField(max_length=20, null=True, blank=True)
    begindatum_versie = models.DateField(null=True, blank=True)
    contactpersoon_beheer_naam = models.CharField(max_length=40)
    contactpersoon_beheer_telefoonnummer = models.CharField(max_length=20, blank=True, default="")
    contactpersoon_beheer_emailadres = models.EmailField(blank=True, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("domein", "rsin"), name="catalogus_domein_rsin"),)

    def __str__(self) -> str:
        return f"{self.domein} ({self.rsin})"
