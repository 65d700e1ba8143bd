"""Relations between types by name, which hold for every version that bears the name."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from api.catalogi.models.keuzes import AardRelatie


class TypeRelatie(models.Model):
    """One name in a list of related types, in the catalogus of its source (history model, 1.3).

    ``naam`` is the omschrijving of a besluittype or informatieobjecttype, or the identificatie of a
    zaaktype. Exactly one source is set: the one that ``kind`` begins with.
    """

    class Kind(models.TextChoices):
        """Source and target."""

        ZAAKTYPE_BESLUITTYPE = "zaaktype_besluittype"
        ZAAKTYPE_DEELZAAKTYPE = "zaaktype_deelzaaktype"
        ZAAKTYPE_GERELATEERD = "zaaktype_gerelateerd"
        BESLUITTYPE_INFORMATIEOBJECTTYPE = "besluittype_informatieobjecttype"
        RESULTAATTYPE_BESLUITTYPE = "resultaattype_besluittype"
        RESULTAATTYPE_INFORMATIEOBJECTTYPE = "resultaattype_informatieobjecttype"

    id = models.BigAutoField(primary_key=True)
    catalogus = models.ForeignKey(
        "catalogi.Catalogus", models.CASCADE, related_name="relaties", db_index=False
    )
    kind = models.CharField(max_length=40, choices=Kind)
    zaaktype = models.ForeignKey(
        "catalogi.Zaaktype", models.CASCADE, null=True, blank=True, related_name="relaties"
    )
    besluittype = models.ForeignKey(
        "catalogi.Besluittype", models.CASCADE, null=True, blank=True, related_name="relaties"
    )
    resultaattype = models.ForeignKey(
        "catalogi.Resultaattype", models.CASCADE, null=True, blank=True, related_name="relaties"
    )
    # Longer than any name: a gerelateerd zaaktype may be the URL of another catalogue's.
    naam = models.CharField(max_length=200)
    aard_relatie = models.CharField(max_length=9, choices=AardRelatie, blank=True, default="")
    toelichting = models.CharField(max_length=255, blank=True, default="")
    volgorde = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=("catalogus", "kind", "naam"), name="typerelatie_naam"),)
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "zaaktype", "besluittype", "resultaattype", "naam"),
                nulls_distinct=False,
                name="typerelatie_unique",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind__startswith="zaaktype_")
                    & Q(zaaktype__isnull=False, besluittype=None, resultaattype=None)
                )
                | (
                    Q(kind__startswith="besluittype_")
                    & Q(zaaktype=None, besluittype__isnull=False, resultaattype=None)
                )
                | (
                    Q(kind__startswith="resultaattype_")
                    & Q(zaaktype=None, besluittype=None, resultaattype__isnull=False)
                ),
                name="typerelatie_source",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.naam}"
