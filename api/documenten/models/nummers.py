"""The numbers of documents: the counters that they come from, and those that were given out beforehand."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from api.pipeline.sql.counting import CounterManager


class DocumentTeller(models.Model):
    """The highest number given out for one organisation (RSIN) and year."""

    pk = models.CompositePrimaryKey("organisatie", "jaar")
    organisatie = models.CharField(max_length=9)
    jaar = models.PositiveSmallIntegerField()
    waarde = models.PositiveBigIntegerField()

    objects = CounterManager["DocumentTeller"]("organisatie", "jaar")

    def __str__(self) -> str:
        return f"{self.organisatie} {self.jaar}: {self.waarde}"


class GereserveerdNummer(models.Model):
    """An identificatie that was given out before its document; never given out again."""

    pk = models.CompositePrimaryKey("bronorganisatie", "identificatie")
    bronorganisatie = models.CharField(max_length=9)
    identificatie = models.CharField(max_length=40)
    gereserveerd_op = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.identificatie
