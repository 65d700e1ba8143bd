"""What a version of a contract consists of: who does what, for which environments, and at what price."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract, shown_versions
from contracts.models.contract_version import ContractVersion
from tenants.registry.models import Municipality, Organisation
from tenants.registry.vendor_rows import VendorRow

MOST_CENTS = 10_000_000_000
"""Of one line: a hundred million euro."""
MOST_OF_ONE = 1_000_000


class Line(models.TextChoices):
    """What somebody is responsible for; of each an environment has one contract at a time."""

    HOSTING = "hosting", _("Hosting")
    FIRST = "first", _("Eerste lijn")
    SECOND = "second", _("Tweede lijn")
    THIRD = "third", _("Derde lijn")


SUPPORT = Line.FIRST
"""Whoever has this line answers reports."""


class CostKind(models.TextChoices):
    HOSTING = "hosting", _("Hosting")
    IMPLEMENTATION = "implementation", _("Implementatie")
    MAINTENANCE = "maintenance", _("Onderhoud en ondersteuning")
    HOURS = "hours", _("Uren")
    OTHER = "other", _("Overig")


class Per(models.TextChoices):
    ONCE = "once", _("eenmalig")
    YEAR = "year", _("per jaar")


class OfVersion(VendorRow):
    """Shown to a municipality with the version that it is a part of."""

    class Meta:
        abstract = True

    @classmethod
    def of(cls, municipality: Municipality) -> Q:
        return Q(version__in=shown_versions(municipality))


class ContractParty(OfVersion):
    """Who does one line of the work."""

    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="parties")
    line = models.CharField(max_length=10, choices=Line)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, help_text="As it was called then.")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint("version", "line", name="one_party_per_line"),
            models.CheckConstraint(condition=Q(line__in=Line.values), name="line_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_line_display()}: {self.name}"


class ContractCover(VendorRow):
    """An environment for which it holds; ``is_offered``, by the database alone, opens the version to it."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="covers")
    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="covers")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="covered")
    municipality_name = models.CharField(max_length=200)
    environment = models.CharField(max_length=20, choices=Municipality.Environment)
    components = ArrayField(
        models.CharField(max_length=100), default=list, blank=True, help_text="Empty is all."
    )
    is_offered = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint("version", "municipality", name="an_environment_is_covered_once"),
        )

    def __str__(self) -> str:
        return f"{self.municipality_name} ({self.get_environment_display().lower()})"


class ContractLine(OfVersion):
    """Integer cents, without btw."""

    version = models.ForeignKey(ContractVersion, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=CostKind)
    label = models.CharField(max_length=200)
    quantity = models.PositiveIntegerField()
    unit = models.CharField(max_length=60, blank=True, default="")
    unit_cents = models.BigIntegerField()
    per = models.CharField(max_length=10, choices=Per, default=Per.YEAR)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint("version", "position", name="one_contract_line_per_place"),
            models.CheckConstraint(condition=Q(kind__in=CostKind.values), name="kind_of_line_is_known"),
            models.CheckConstraint(condition=Q(per__in=Per.values), name="per_once_or_year"),
            models.CheckConstraint(condition=Q(quantity__range=(1, MOST_OF_ONE)), name="quantity_is_bounded"),
            models.CheckConstraint(
                condition=Q(unit_cents__range=(-MOST_CENTS, MOST_CENTS)), name="unit_price_is_bounded"
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def total_cents(self) -> int:
        return self.quantity * self.unit_cents
