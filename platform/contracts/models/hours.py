"""The strippenkaart of a contract as a ledger: hours that were bought, and each time some were used."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import VendorRow, VendorRowManager

LONGEST_WHY = 500
MOST_BOOKED = 24 * 60
"""Minutes of one day."""
MOST_BOUGHT = 2000 * 60


class HoursKind(models.TextChoices):
    BOUGHT = "gekocht", _("Gekocht")
    BOOKED = "geboekt", _("Geboekt")
    CORRECTED = "gecorrigeerd", _("Gecorrigeerd")


class HoursQuerySet(models.QuerySet["HoursEntry"]):
    def of_contract(self, contract: Contract) -> Self:
        return self.filter(contract=contract)

    def balance(self) -> int:
        """In minutes, of those that were found: it is reckoned, and kept nowhere."""
        total: Any = self.aggregate(total=Sum("minutes"))["total"]
        return int(total or 0)


class HoursManager(VendorRowManager["HoursEntry"].from_queryset(HoursQuerySet)):  # type: ignore[misc]  # made while running
    pass


class HoursEntry(VendorRow):
    """Nobody changes one: what was wrong gets a counter entry, once. What was booked is below zero.

    The database lets nobody book more than there is, unless the contract of that day allows it.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="hours")
    kind = models.CharField(max_length=12, choices=HoursKind)
    minutes = models.IntegerField()
    on = models.DateField()
    who_name = models.CharField(max_length=200)
    why = models.CharField(max_length=LONGEST_WHY)
    ticket_number = models.CharField(max_length=20, blank=True, default="")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    recorded_by = models.CharField(max_length=254)
    recorded_at = models.DateTimeField()

    objects: ClassVar[HoursManager] = HoursManager()

    class Meta:
        ordering = ("-recorded_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=HoursKind.values), name="kind_of_hours_is_known"),
            models.CheckConstraint(
                condition=Q(kind="gekocht", minutes__range=(1, MOST_BOUGHT))
                | Q(kind="geboekt", minutes__range=(-MOST_BOOKED, -1))
                | Q(kind="gecorrigeerd") & ~Q(minutes=0),
                name="hours_are_bounded",
            ),
            models.CheckConstraint(
                condition=Q(kind="gecorrigeerd", corrects__isnull=False)
                | (~Q(kind="gecorrigeerd") & Q(corrects__isnull=True)),
                name="a_correction_corrects_something",
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract}: {self.minutes}"

    @classmethod
    def of(cls, municipality: Municipality) -> Q:
        """Of the contracts that were offered to it, as it sees those."""
        return Q(contract__in=Contract.objects.behind_the_door().filter(Contract.of(municipality)))
