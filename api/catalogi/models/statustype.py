"""STATUSTYPE: a step that zaken of a zaaktype pass through."""

# ruff: noqa: DJ001  (the wire tells null from an empty string)

from __future__ import annotations

from django.db import models

from api.catalogi.models.versie import Subtype
from api.pipeline.validate.fields import DurationField


class Statustype(Subtype):
    """A step of a zaaktype (Catalogi 1.3.3, ``StatusType``).

    The highest volgnummer of the zaaktype is its eindstatus. ``checklistitem_statustype`` is a list
    of ``{"itemnaam", "toelichting", "vraagstelling", "verplicht"}``; ``eigenschappen`` (those that
    need a value first) refer back to the statustype.
    """

    zaaktype = models.ForeignKey(
        "catalogi.Zaaktype", models.CASCADE, related_name="statustypen", db_index=False
    )
    volgnummer = models.PositiveSmallIntegerField()
    omschrijving = models.CharField(max_length=80)
    omschrijving_generiek = models.CharField(max_length=80, blank=True, default="")
    statustekst = models.CharField(max_length=1000, blank=True, default="")
    informeren = models.BooleanField(default=False)
    doorlooptijd = DurationField(null=True, blank=True)
    toelichting = models.CharField(max_length=1000, null=True, blank=True)
    checklistitem_statustype = models.JSONField(blank=True, default=list)

    class Meta(Subtype.Meta):
        constraints = (
            *Subtype.Meta.constraints,
            models.UniqueConstraint(fields=("zaaktype", "volgnummer"), name="statustype_volgnummer"),
            models.CheckConstraint(
                condition=models.Q(volgnummer__range=(1, 9999)), name="statustype_volgnummer_range"
            ),
        )

    def __str__(self) -> str:
        return f"{self.volgnummer}: {self.omschrijving}"
