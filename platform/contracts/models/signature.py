"""That somebody agreed to a version, for one of the two sides."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from contracts.models.agreed import OfVersion
from contracts.models.contract_version import ContractVersion
from contracts.states import Side


class How(models.TextChoices):
    OWN_HOST = "eigen_host", _("Zelf ondertekend, na opnieuw inloggen")
    PDF = "pdf", _("Ondertekende pdf")


class Signature(OfVersion):
    """Nobody changes one. ``digest`` is of what was signed, ``email`` of who signed or recorded a PDF."""

    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=11, choices=Side)
    name = models.CharField(max_length=200)
    function = models.CharField(max_length=200)
    email = models.CharField(max_length=254)
    at = models.DateTimeField()
    signed_on = models.DateField(help_text="The day that stands beside the name.")
    how = models.CharField(max_length=20, choices=How)
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=100, blank=True, default="")
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint("version", "side", name="one_signature_per_side"),
            models.UniqueConstraint(
                "version", Lower("email"), condition=Q(how="eigen_host"), name="nobody_signs_for_both"
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="side_of_signature_is_known"),
            models.CheckConstraint(
                condition=Q(how="eigen_host", key="") | Q(how="pdf") & ~Q(key=""), name="a_pdf_is_kept"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.name}"
