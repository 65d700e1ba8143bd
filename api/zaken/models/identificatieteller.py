"""The counters from which identifications are made."""

from __future__ import annotations

from django.db import models

from api.pipeline.sql.counting import CounterManager


class IdentificatieTeller(models.Model):
    """The highest number given out for one kind of object, organisation (RSIN) and year."""

    pk = models.CompositePrimaryKey("soort", "organisatie", "jaar")
    soort = models.CharField(max_length=20)
    organisatie = models.CharField(max_length=9)
    jaar = models.PositiveSmallIntegerField()
    waarde = models.PositiveBigIntegerField()

    objects = CounterManager["IdentificatieTeller"]("soort", "organisatie", "jaar")

    def __str__(self) -> str:
        return f"{self.soort} {self.organisatie} {self.jaar}: {self.waarde}"
