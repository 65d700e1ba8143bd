from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models.version import Version, Versioned

CURRENCY = "EUR"
HIGHEST_CENTS = 1_000_000_000
"""Ten million euros: nothing costs more."""
MOST_INHABITANTS = 10_000_000
MOST_INCLUDED = 1_000_000_000


class PriceList(Versioned):
    """What an organisation asks for what it does."""


class PriceListVersion(Version):
    price_list = models.ForeignKey(PriceList, models.PROTECT, related_name="versions")
    currency = models.CharField(max_length=3, default=CURRENCY)
    btw_percentage = models.PositiveSmallIntegerField(
        default=21, help_text="Comes on top: every price is without btw."
    )

    class Meta(Version.Meta):
        constraints = (
            models.UniqueConstraint("price_list", "number", name="one_price_list_version"),
            models.CheckConstraint(condition=Q(currency=CURRENCY), name="prices_in_euros"),
            models.CheckConstraint(condition=Q(btw_percentage__lte=100), name="btw_is_a_part"),
        )

    def __str__(self) -> str:
        return f"{self.price_list}, {self.number}"


class PriceKind(models.TextChoices):
    SETUP = "inrichting", _("Inrichting")
    BASE = "basis", _("Basis per jaar, naar inwoners")
    LEVEL = "serviceniveau", _("Serviceniveau")
    ENVIRONMENT = "omgeving", _("Oefenomgeving")
    STORAGE = "opslag", _("Opslag")
    DOCUMENTS = "documenten", _("Documenten")
    CALLS = "verzoeken", _("Verzoeken aan de API's")
    COMMUNITY = "gemeenschap", _("Bijdrage aan de gemeenschap")
    BUNDLE = "strippenkaart", _("Strippenkaart")
    HOUR = "uur", _("Uren")


@dataclass(frozen=True, slots=True)
class Measure:
    """How a kind is counted: the amount is for each ``per`` of them, a part of it counting as a whole."""

    unit: Promise
    once: bool = False
    per: int = 1


MEASURES = {
    PriceKind.SETUP: Measure(_("eenmalig"), once=True),
    PriceKind.BASE: Measure(_("jaar")),
    PriceKind.LEVEL: Measure(_("jaar")),
    PriceKind.ENVIRONMENT: Measure(_("omgeving per jaar")),
    PriceKind.STORAGE: Measure(_("100 GB per jaar"), per=100),
    PriceKind.DOCUMENTS: Measure(_("1.000 documenten"), per=1000),
    PriceKind.CALLS: Measure(_("1.000 verzoeken"), per=1000),
    PriceKind.COMMUNITY: Measure(_("jaar")),
    PriceKind.BUNDLE: Measure(_("strippenkaart"), once=True),
    PriceKind.HOUR: Measure(_("uur"), once=True),
}
SEVERAL = (PriceKind.BASE, PriceKind.LEVEL, PriceKind.BUNDLE)
"""Of these a list may have more than one price."""


class Price(models.Model):
    """One amount, in cents and without btw.

    A price of the base holds from ``tier_from`` inhabitants up to but not including ``tier_to``; together
    they leave none out. ``included`` is what the base gives of it already; of a strippenkaart its hours.
    """

    version = models.ForeignKey(PriceListVersion, models.PROTECT, related_name="prices")
    kind = models.CharField(max_length=20, choices=PriceKind)
    label = models.CharField(max_length=100)
    amount_cents = models.PositiveIntegerField()
    tier_from = models.PositiveIntegerField(null=True)
    tier_to = models.PositiveIntegerField(null=True)
    included = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=PriceKind.values), name="known_kind_of_price"),
            models.CheckConstraint(
                condition=Q(amount_cents__lte=HIGHEST_CENTS, included__lte=MOST_INCLUDED),
                name="price_within_bounds",
            ),
            models.CheckConstraint(
                condition=Q(kind=PriceKind.BASE, tier_from__isnull=False)
                | (~Q(kind=PriceKind.BASE) & Q(tier_from__isnull=True, tier_to__isnull=True)),
                name="tiers_of_the_base",
            ),
            models.CheckConstraint(
                condition=Q(tier_to__isnull=True) | Q(tier_to__gt=F("tier_from")), name="tier_holds_some"
            ),
            models.CheckConstraint(
                condition=~Q(kind=PriceKind.BUNDLE) | Q(included__gt=0), name="bundle_holds_hours"
            ),
            models.UniqueConstraint(
                "version",
                "tier_from",
                condition=Q(kind=PriceKind.BASE),
                name="one_price_per_tier",
            ),
            models.UniqueConstraint(
                "version",
                Lower("label"),
                condition=Q(kind=PriceKind.LEVEL),
                name="one_price_per_level",
            ),
            models.UniqueConstraint(
                "version",
                "included",
                condition=Q(kind=PriceKind.BUNDLE),
                name="one_price_per_bundle",
            ),
            models.UniqueConstraint(
                "version",
                "kind",
                condition=~Q(kind__in=SEVERAL),
                name="one_price_per_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.version}: {self.label}"

    @property
    def measure(self) -> Measure:
        return MEASURES[PriceKind(self.kind)]

    @property
    def unit(self) -> str:
        return str(self.measure.unit)
