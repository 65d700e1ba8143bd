"""Everything that is agreed in one version of a contract: an amendment is the next one, under its number."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract, shown_versions
from contracts.models.price_list import PriceListVersion
from contracts.models.service_level import ServiceLevelVersion
from contracts.states import OPEN, State
from tenants.registry.models import Municipality
from tenants.registry.vendor_rows import VendorRow, VendorRowManager

MOST_NOTICE_MONTHS = 24
LONGEST_SOURCE = 200
LOWEST_INDEX, HIGHEST_INDEX = -20, 25
"""Percentages between which a year's indexation lies: what is more is a slip of the pen."""


class Renewal(models.TextChoices):
    NONE = "none", _("Loopt af")
    YEARLY = "yearly", _("Telkens een jaar erbij")


class BreakGlass(models.TextChoices):
    """What the vendor may look into in an emergency, without being let in first."""

    NONE = "none", _("Geen")
    TECHNIEK = "techniek", _("Alleen techniek")
    ALL = "all", _("Alles wat wordt gevraagd")


class ContractVersionQuerySet(models.QuerySet["ContractVersion"]):
    def open(self) -> Self:
        """Those that are still to become something."""
        return self.filter(state__in=OPEN)

    def signed(self) -> Self:
        return self.filter(state=State.GETEKEND)


class ContractVersionManager(
    VendorRowManager["ContractVersion"].from_queryset(ContractVersionQuerySet)  # type: ignore[misc]  # made while running
):
    pass


class ContractVersion(VendorRow):
    """The database lets nobody change what was offered; what each state lets whom do: ``contracts.states``.

    ``start`` is the day from which this version holds, ``end`` the last day of the contract as agreed in it.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=State, default=State.CONCEPT)
    service_level_version = models.ForeignKey(ServiceLevelVersion, models.PROTECT, related_name="+")
    price_list_version = models.ForeignKey(
        PriceListVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of which the lines were made.",
    )
    start = models.DateField()
    end = models.DateField()
    renewal = models.CharField(max_length=10, choices=Renewal, default=Renewal.NONE)
    notice_months = models.PositiveSmallIntegerField(default=3)
    indexation = models.CharField(max_length=300, blank=True, default="")
    indexation_from = models.DateField(null=True, blank=True)
    indexation_cap = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="The most that it may be, in percent.",
    )
    indexation_by_clause = models.BooleanField(
        default=False, db_default=False, help_text="The gemeente agreed to it beforehand: it is announced."
    )
    index_percentage = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, help_text="By which its prices were indexed."
    )
    index_source = models.CharField(
        max_length=LONGEST_SOURCE, blank=True, default="", db_default="", help_text="Who published it, where."
    )
    index_month = models.DateField(null=True, blank=True, help_text="Of which month, its first day.")
    purchase_order = models.CharField(max_length=60, blank=True, default="")
    cost_centre = models.CharField(max_length=40, blank=True, default="")
    callers = models.TextField(
        max_length=2000, blank=True, default="", help_text="Who may report, a line each."
    )
    escalation = models.TextField(
        max_length=2000, blank=True, default="", help_text="Whom to call, in order."
    )
    security_contact = models.CharField(max_length=254, blank=True, default="")
    break_glass = models.CharField(max_length=10, choices=BreakGlass, default=BreakGlass.NONE)
    overdraft = models.BooleanField(default=False, help_text="More hours may be booked than were bought.")
    reason = models.CharField(max_length=500)
    drafters = ArrayField(
        models.CharField(max_length=254),
        help_text="Everybody who wrote in it, in lower case, first who began: none of them signs it.",
    )
    drafted_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    offered_by = models.CharField(max_length=254, blank=True, default="")
    offer_until = models.DateField(null=True, blank=True, help_text="The last day on which it can be signed.")
    digest = models.CharField(
        max_length=64, blank=True, default="", help_text="SHA-256 of all that is agreed, as it was offered."
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="When it was declined or withdrawn.")

    objects: ClassVar[ContractVersionManager] = ContractVersionManager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint("contract", "number", name="one_contract_version"),
            models.UniqueConstraint(
                fields=("contract",),
                condition=Q(state__in=["concept", "aangeboden"]),
                name="one_open_contract_version",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="contract_state_is_known"),
            models.CheckConstraint(condition=Q(renewal__in=Renewal.values), name="renewal_is_known"),
            models.CheckConstraint(
                condition=Q(break_glass__in=BreakGlass.values), name="break_glass_is_known"
            ),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="contract_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(notice_months__lte=MOST_NOTICE_MONTHS), name="notice_is_within_two_years"
            ),
            models.CheckConstraint(
                condition=Q(indexation_cap__isnull=True) | Q(indexation_cap__range=(0, HIGHEST_INDEX)),
                name="cap_of_indexation_is_bounded",
            ),
            models.CheckConstraint(
                condition=Q(index_percentage__isnull=True, index_month__isnull=True, index_source="")
                | Q(index_percentage__range=(LOWEST_INDEX, HIGHEST_INDEX), index_month__isnull=False)
                & ~Q(index_source=""),
                name="an_index_has_a_source",
            ),
            models.CheckConstraint(condition=~Q(drafters=[]), name="somebody_drafted_it"),
            models.CheckConstraint(
                condition=~Q(state__in=["aangeboden", "getekend", "afgewezen"])
                | Q(offered_at__isnull=False, offer_until__isnull=False) & ~Q(digest=""),
                name="what_was_offered_has_a_term",
            ),
            models.CheckConstraint(
                condition=Q(state="getekend", signed_at__isnull=False)
                | (~Q(state="getekend") & Q(signed_at__isnull=True)),
                name="signed_at_a_moment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract}, {self.number}"

    @classmethod
    def of(cls, municipality: Municipality) -> Q:
        return Q(pk__in=shown_versions(municipality))
