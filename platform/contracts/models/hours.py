"""The strippenkaart of a contract as a ledger: hours that were bought, and each time some were used."""

from __future__ import annotations

from dataclasses import dataclass
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
LOW_PERCENT = 80
"""Of what was bought: whoever used so much is warned."""


class HoursKind(models.TextChoices):
    BOUGHT = "gekocht", _("Gekocht")
    BOOKED = "geboekt", _("Geboekt")
    CORRECTED = "gecorrigeerd", _("Gecorrigeerd")


class Supply(models.IntegerChoices):
    """How a balance stands; of two the higher one asks more of people."""

    ENOUGH = 0, _("Genoeg")
    LOW = 1, _("Bijna op")
    OUT = 2, _("Op")


@dataclass(frozen=True, slots=True)
class Balance:
    """In minutes: what was bought, less what was corrected of it, and what is left."""

    bought: int
    left: int

    @property
    def used_percent(self) -> int:
        """Rounded down; of nothing nothing is used."""
        return 0 if self.bought <= 0 else (self.bought - self.left) * 100 // self.bought

    @property
    def supply(self) -> Supply:
        if self.left <= 0:
            return Supply.OUT
        return Supply.LOW if self.used_percent >= LOW_PERCENT else Supply.ENOUGH


class HoursQuerySet(models.QuerySet["HoursEntry"]):
    def of_contract(self, contract: Contract) -> Self:
        return self.filter(contract=contract)

    def balance(self) -> int:
        """In minutes, of those that were found: it is reckoned, and kept nowhere."""
        return self.reckoned().left

    def reckoned(self) -> Balance:
        """As ``balance``, with what of it was bought."""
        bought = Q(kind=HoursKind.BOUGHT) | Q(corrects__kind=HoursKind.BOUGHT)
        found: Any = self.aggregate(left=Sum("minutes"), bought=Sum("minutes", filter=bought))
        return Balance(bought=found["bought"] or 0, left=found["left"] or 0)

    def of_report(self, number: str, municipality: Municipality) -> Self:
        """What was worked for one report, under the contracts of its municipality."""
        return self.filter(Q(ticket_number=number) & HoursEntry.of(municipality))


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
        indexes = (
            models.Index(fields=("ticket_number",), name="hours_of_report", condition=~Q(ticket_number="")),
        )
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
