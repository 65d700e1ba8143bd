"""What a price list asks becomes lines of a contract."""

from __future__ import annotations

import pytest

from contracts.models import CostKind, Per, PriceKind
from contracts.offered_lines import lines_of_offer
from contracts.pricing import Offer, OfferLine


def offered(kind: PriceKind, *, once: bool) -> Offer:
    return Offer((OfferLine(kind, "Strippenkaart", "stuk", 2, 1_240_00, once=once),), 21)


@pytest.mark.parametrize("kind", PriceKind)
def test_every_kind_of_price_becomes_a_line(kind: PriceKind) -> None:
    (line,) = lines_of_offer(offered(kind, once=False))

    assert line.kind in CostKind
    assert (line.quantity, line.unit_cents, line.per) == (2, 1_240_00, Per.YEAR)


def test_what_is_asked_once_is_a_line_of_once() -> None:
    (line,) = lines_of_offer(offered(PriceKind.BUNDLE, once=True))

    assert (line.kind, line.per) == (CostKind.HOURS, Per.ONCE)
