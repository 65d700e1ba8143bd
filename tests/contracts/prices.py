"""Prices to reckon with, as they stand on a list, without a database."""

from __future__ import annotations

from typing import Any

from contracts.models import Price, PriceKind


def price(kind: PriceKind, euros: int, label: str = "", **given: Any) -> Price:
    return Price(kind=kind, label=label or kind.value.capitalize(), amount_cents=euros * 100, **given)


BASE = [
    price(PriceKind.BASE, 9_600, "Basis", tier_from=0, tier_to=25_000),
    price(PriceKind.BASE, 18_600, "Basis", tier_from=25_000, tier_to=150_000),
    price(PriceKind.BASE, 48_600, "Basis", tier_from=150_000),
]
PRICES = [
    *BASE,
    price(PriceKind.LEVEL, 0, "Basis"),
    price(PriceKind.LEVEL, 14_400, "Plus"),
    price(PriceKind.SETUP, 12_500),
    price(PriceKind.ENVIRONMENT, 1_800, "Oefenomgeving", included=1),
    price(PriceKind.STORAGE, 240, "Opslag", included=1_000),
    price(PriceKind.DOCUMENTS, 10, "Documenten", included=1_000_000),
    price(PriceKind.CALLS, 1, "Verzoeken", included=2_000),
    price(PriceKind.COMMUNITY, 1_200),
    price(PriceKind.BUNDLE, 4_800, "Strippenkaart", included=40),
    price(PriceKind.BUNDLE, 1_240, "Strippenkaart", included=10),
    price(PriceKind.HOUR, 125),
]
