"""What a price list asks for what is wanted, as lines of a contract."""

from __future__ import annotations

from contracts.drafting import LineTerms
from contracts.models import CostKind, Per, PriceKind
from contracts.pricing import Offer

KINDS: dict[str, CostKind] = {
    PriceKind.SETUP: CostKind.IMPLEMENTATION,
    PriceKind.BASE: CostKind.HOSTING,
    PriceKind.LEVEL: CostKind.MAINTENANCE,
    PriceKind.ENVIRONMENT: CostKind.HOSTING,
    PriceKind.STORAGE: CostKind.HOSTING,
    PriceKind.DOCUMENTS: CostKind.HOSTING,
    PriceKind.CALLS: CostKind.HOSTING,
    PriceKind.COMMUNITY: CostKind.OTHER,
    PriceKind.BUNDLE: CostKind.HOURS,
    PriceKind.HOUR: CostKind.HOURS,
}
"""Of which kind a price becomes a line."""


def lines_of_offer(offered: Offer) -> list[LineTerms]:
    return [
        LineTerms(
            kind=KINDS[each.kind],
            label=each.label,
            quantity=each.quantity,
            unit=each.unit,
            unit_cents=each.unit_cents,
            per=Per.ONCE if each.once else Per.YEAR,
        )
        for each in offered.lines
    ]
