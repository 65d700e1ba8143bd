"""ZAAKTYPE-INFORMATIEOBJECTTYPE: which documents belong in zaken of a zaaktype."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from api.catalogi.models.keuzes import Richting
from api.catalogi.querysets import SubtypeManager


class ZaaktypeInformatieobjecttype(models.Model):
    """A relation by name (Catalogi 1.3.3, ``ZaakTypeInformatieObjectType``).

    It holds the omschrijving of an informatieobjecttype in the catalogus of the zaaktype, so it
    means whichever version of that type is valid on the day that is asked for.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    zaaktype = models.ForeignKey(
        "catalogi.Zaaktype",
        models.CASCADE,
        related_name="zaaktype_informatieobjecttypen",
        db_index=False,
    )
    informatieobjecttype_omschrijving = models.CharField(max_length=100)
    volgnummer = models.PositiveSmallIntegerField()
    richting = models.CharField(max_length=8, choices=Richting)
    # The status at which such a document has to be there.
    statustype = models.ForeignKey(
        "catalogi.Statustype",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="zaaktype_informatieobjecttypen",
    )

    objects = SubtypeManager()

    class Meta:
        indexes = (models.Index(fields=("informatieobjecttype_omschrijving",), name="ziot_omschrijving"),)
        constraints = (
            models.UniqueConstraint(fields=("zaaktype", "volgnummer"), name="ziot_volgnummer"),
            models.CheckConstraint(
                condition=models.Q(volgnummer__range=(1, 999)), name="ziot_volgnummer_range"
            ),
        )

    def __str__(self) -> str:
        return f"{self.volgnummer}: {self.informatieobjecttype_omschrijving}"
