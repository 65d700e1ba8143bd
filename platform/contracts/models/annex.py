"""What belongs to a contract and stands in a document of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.agreed import OfVersion
from contracts.models.contract_version import ContractVersion


class AnnexKind(models.TextChoices):
    GIBIT = "gibit", _("Algemene voorwaarden GIBIT")
    VERWERKERSOVEREENKOMST = "verwerkersovereenkomst", _("Verwerkersovereenkomst")
    SLA = "sla", _("Serviceniveau")
    EXITPLAN = "exitplan", _("Exitplan")
    SUBVERWERKERS = "subverwerkers", _("Lijst van subverwerkers")
    OVERIG = "overig", _("Overig")


class Annex(OfVersion):
    """Signed with the version that it came with, or later by itself; then nobody changes it.

    ``key`` is of a PDF in the storage of each environment that the contract covers; empty where ``reference``
    says where the document is.
    """

    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="annexes")
    kind = models.CharField(max_length=30, choices=AnnexKind)
    name = models.CharField(max_length=200)
    document_version = models.CharField(max_length=40, help_text="As the document itself calls it.")
    valid_from = models.DateField()
    key = models.CharField(max_length=100, blank=True, default="")
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    reference = models.CharField(max_length=500, blank=True, default="")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=254)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=254, blank=True, default="")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=AnnexKind.values), name="kind_of_annex_is_known"),
            models.CheckConstraint(condition=~Q(key="", reference=""), name="an_annex_is_somewhere"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None
