"""ONGECONTROLEERDE INHOUD: content that came in without being looked through for viruses."""

from __future__ import annotations

from django.db import models

from api.documenten.models.inhoud import Inhoud
from api.documenten.models.keuzes import Ongecontroleerd


class OngecontroleerdeInhoud(models.Model):
    """A mark on content, until it was looked through; it stays where a virus was found.

    ``virus`` is the name that the scanner gave it. The mark goes with its content.
    """

    inhoud = models.OneToOneField(Inhoud, models.CASCADE, primary_key=True, related_name="ongecontroleerd")
    reden = models.CharField(max_length=10, choices=Ongecontroleerd)
    gemarkeerd_op = models.DateTimeField(auto_now_add=True)
    geprobeerd_op = models.DateTimeField(null=True, blank=True)
    virus = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("geprobeerd_op",), name="ongecontroleerd_geprobeerd"),)

    def __str__(self) -> str:
        return f"{self.reden} ({self.gemarkeerd_op:%d-%m-%Y})"
