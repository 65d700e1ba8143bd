"""Price lists are published in versions, as calendars and service levels are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Price, PriceKind, PriceList, PriceListVersion
from contracts.models.price_list import HIGHEST_CENTS, MOST_INCLUDED, SEVERAL
from contracts.publishing import (
    AgreementRefused,
    Publishing,
    made_of,
    next_number,
    note_version,
    published,
)
from tenants.accounts.person import Person

MOST_PRICES = 60
LABELS = {
    PriceKind.SETUP: "Inrichting",
    PriceKind.BASE: "Basis",
    PriceKind.ENVIRONMENT: "Oefenomgeving",
    PriceKind.STORAGE: "Opslag",
    PriceKind.DOCUMENTS: "Documenten",
    PriceKind.CALLS: "Verzoeken aan de API's",
    PriceKind.COMMUNITY: "Bijdrage aan de gemeenschap",
    PriceKind.BUNDLE: "Strippenkaart",
    PriceKind.HOUR: "Uur werk",
}
"""What stands on the list; a contract is in Dutch whoever draws it up."""


@dataclass(frozen=True, slots=True)
class PriceTerms:
    """In cents, without btw. Of a service level the label is its name."""

    kind: PriceKind
    label: str
    amount_cents: int
    tier_from: int | None = None
    tier_to: int | None = None
    included: int = 0


@dataclass(frozen=True, slots=True)
class PriceListTerms:
    """What is asked."""

    btw_percentage: int
    prices: Sequence[PriceTerms]


@transaction.atomic
def add_price_list(
    name: str, terms: PriceListTerms, how: Publishing, *, person: Person, now: datetime
) -> PriceList:
    """With its first version, for the organisation of the person. Raises AgreementRefused."""
    made = made_of(PriceList, name, person)
    _version(made, 1, terms, how, person=person, now=now)
    return made


@transaction.atomic
def publish_price_list(  # noqa: PLR0913  # each is a word of what is published
    price_list: PriceList, terms: PriceListTerms, how: Publishing, *, seen: int, person: Person, now: datetime
) -> PriceListVersion:
    """The next version, where the person saw the last one. Raises AgreementRefused."""
    number = next_number(price_list, how, seen=seen, person=person, now=now)
    return _version(price_list, number, terms, how, person=person, now=now)


def complaint_of(prices: Sequence[PriceTerms]) -> str:
    """Why these are no price list; empty where they are."""
    if len(prices) > MOST_PRICES:
        return _("Schrijf ten hoogste %(most)s prijzen op.") % {"most": MOST_PRICES}
    if any(
        not (0 <= each.amount_cents <= HIGHEST_CENTS and 0 <= each.included <= MOST_INCLUDED)
        for each in prices
    ):
        return _("Een bedrag is ten hoogste tien miljoen euro, een hoeveelheid ten hoogste een miljard.")
    return complaint_of_tiers(prices) or _twice(prices)


def complaint_of_tiers(prices: Sequence[PriceTerms]) -> str:
    """The tiers of inhabitants leave nobody out and count nobody twice."""
    tiers = [(each.tier_from or 0, each.tier_to) for each in prices if each.kind is PriceKind.BASE]
    tiers.sort(key=lambda tier: tier[0])
    whole = (
        bool(tiers)
        and tiers[0][0] == 0
        and tiers[-1][1] is None
        and all(before[1] == after[0] and before[0] < after[0] for before, after in pairwise(tiers))
    )
    return "" if whole else _("Laat de schijven van inwoners bij 0 beginnen en op elkaar aansluiten.")


def _twice(prices: Sequence[PriceTerms]) -> str:
    keys = [_key(each) for each in prices]
    double = next((each for each, key in zip(prices, keys, strict=True) if keys.count(key) > 1), None)
    return "" if double is None else _("%(label)s staat er twee keer.") % {"label": double.label}


def _key(terms: PriceTerms) -> tuple[object, ...]:
    """What a list has one of."""
    of_its_own = {
        PriceKind.BASE: terms.tier_from,
        PriceKind.LEVEL: terms.label.lower(),
        PriceKind.BUNDLE: terms.included,
    }
    return (terms.kind, of_its_own[terms.kind] if terms.kind in SEVERAL else "")


def _version(  # noqa: PLR0913  # as publish_price_list
    price_list: PriceList,
    number: int,
    terms: PriceListTerms,
    how: Publishing,
    *,
    person: Person,
    now: datetime,
) -> PriceListVersion:
    if complaint := complaint_of(terms.prices):
        raise AgreementRefused(complaint)
    made = PriceListVersion.objects.create(
        price_list=price_list,
        btw_percentage=terms.btw_percentage,
        **published(number, how, person, now),
    )
    Price.objects.bulk_create(
        Price(
            version=made,
            kind=each.kind,
            label=each.label,
            amount_cents=each.amount_cents,
            tier_from=each.tier_from,
            tier_to=each.tier_to,
            included=each.included,
        )
        for each in terms.prices
    )
    note_version("prijslijst gepubliceerd", price_list, number, how, person)
    return made
