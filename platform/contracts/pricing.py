"""What it costs: the lines that follow from a price list and from what somebody wants.

Amounts are integer cents without btw. What is counted by the hundred or the thousand is rounded up: a part
that was begun counts as a whole. So a line is exact, and so is a sum of lines. Btw is reckoned over what is
asked once and over what is asked each year, each rounded half up to a cent; the first year adds up the two.
Of a calendar year that began already it is the days that are left, in a cent half up, and btw over that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from contracts.models import Price, PriceKind, PriceListVersion
from contracts.models.price_list import MEASURES

BEYOND: dict[str, str] = {
    PriceKind.ENVIRONMENT: " boven {} in de basis",
    PriceKind.STORAGE: " boven {} GB",
    PriceKind.DOCUMENTS: " boven {} per jaar",
    PriceKind.CALLS: " boven {} per jaar",
    PriceKind.BUNDLE: " van {} uur",
}
"""What a label says of what is included already, or held."""
PER: dict[str, str] = {
    PriceKind.STORAGE: ", per 100 GB",
    PriceKind.DOCUMENTS: ", per 1.000",
    PriceKind.CALLS: ", per 1.000",
}
MOST_HOURS = 2000
"""That somebody buys at once."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """In all, what the base includes counted along; documents and calls are those of a year.

    ``level`` is the name of a service level, or empty. ``hours`` are bought ahead, once.
    """

    inhabitants: int
    level: str = ""
    environments: int = 0
    storage_gb: int = 0
    documents: int = 0
    calls: int = 0
    hours: int = 0
    setup: bool = True
    community: bool = True

    def __post_init__(self) -> None:
        if any(getattr(self, each.name) < 0 for each in fields(self) if each.name != "level"):
            raise ValueError("Nobody wants less than nothing.")
        if self.hours > MOST_HOURS:
            raise ValueError(f"Nobody buys more than {MOST_HOURS} hours at once.")


class NotOnTheList(Exception):
    """Of each wish, by its field, why this list has no price for it."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__(" ".join(missing.values()))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class OfferLine:
    """As it may stand in a contract: its words are Dutch whoever reads them."""

    kind: PriceKind
    label: str
    unit: str
    quantity: int
    unit_cents: int
    once: bool

    @property
    def total_cents(self) -> int:
        return self.quantity * self.unit_cents


@dataclass(frozen=True, slots=True)
class Offer:
    lines: tuple[OfferLine, ...]
    btw_percentage: int

    @property
    def once_cents(self) -> int:
        return sum(each.total_cents for each in self.lines if each.once)

    @property
    def yearly_cents(self) -> int:
        return sum(each.total_cents for each in self.lines if not each.once)

    @property
    def first_year_cents(self) -> int:
        return self.once_cents + self.yearly_cents

    @property
    def once_btw_cents(self) -> int:
        return btw_over(self.once_cents, self.btw_percentage)

    @property
    def yearly_btw_cents(self) -> int:
        return btw_over(self.yearly_cents, self.btw_percentage)

    @property
    def first_year_btw_cents(self) -> int:
        return self.once_btw_cents + self.yearly_btw_cents


def part_of_year(yearly_cents: int, start: date) -> int:
    """What falls in the calendar year of this day, by days, the day itself counted along."""
    first, last = date(start.year, 1, 1), date(start.year, 12, 31)
    days, left = (last - first).days + 1, (last - start).days + 1
    return (2 * yearly_cents * left + days) // (2 * days)


def btw_over(cents: int, percentage: int) -> int:
    """Of an amount that is not negative, rounded half up."""
    return (cents * percentage + 50) // 100


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """What an offer comes to until the end of the year in which it begins; what is asked once is in it."""

    cents: int
    btw_cents: int


def calendar_year_of(offered: Offer, start: date) -> CalendarYear:
    part = part_of_year(offered.yearly_cents, start)
    btw = offered.once_btw_cents + btw_over(part, offered.btw_percentage)
    return CalendarYear(offered.once_cents + part, btw)


def offer(version: PriceListVersion, wishes: Wishes) -> Offer:
    """Raises NotOnTheList."""
    return offer_of(list(version.prices.all()), wishes, btw_percentage=version.btw_percentage)


def offer_of(prices: Sequence[Price], wishes: Wishes, *, btw_percentage: int) -> Offer:
    """As ``offer``, of prices at hand."""
    missing: dict[str, str] = {}
    lines = tuple(_lines(prices, wishes, missing))
    if missing:
        raise NotOnTheList(missing)
    return Offer(lines, btw_percentage)


def label_of(price: Price) -> str:
    """What stands before the amount."""
    if price.kind == PriceKind.BASE:
        return f"Basis, {tier_of(price)} inwoners"
    if price.kind == PriceKind.LEVEL:
        return f"Serviceniveau {price.label}"
    beyond = BEYOND.get(price.kind, "") if price.included else ""
    return price.label + beyond.format(figure(price.included)) + PER.get(price.kind, "")


def tier_of(price: Price) -> str:
    """As 150.000 tot 250.000: who has 250.000 inhabitants is in the next."""
    start = figure(price.tier_from or 0)
    return f"vanaf {start}" if price.tier_to is None else f"{start} tot {figure(price.tier_to)}"


def figure(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _lines(prices: Sequence[Price], wishes: Wishes, missing: dict[str, str]) -> Iterator[OfferLine]:
    by_kind = {kind: [each for each in prices if each.kind == kind] for kind in PriceKind}
    for price in by_kind[PriceKind.SETUP] if wishes.setup else []:
        yield _line(price, 1)
    yield from _base(by_kind[PriceKind.BASE], wishes, missing)
    yield from _level(by_kind[PriceKind.LEVEL], wishes, missing)
    for kind, name, wanted in (
        (PriceKind.ENVIRONMENT, "environments", wishes.environments),
        (PriceKind.STORAGE, "storage_gb", wishes.storage_gb),
        (PriceKind.DOCUMENTS, "documents", wishes.documents),
        (PriceKind.CALLS, "calls", wishes.calls),
    ):
        if wanted and not by_kind[kind]:
            missing[name] = _("Deze prijslijst heeft hier geen prijs voor. Vul 0 in.")
        for price in by_kind[kind]:
            if quantity := above(price, wanted):
                yield _line(price, quantity)
    for price in by_kind[PriceKind.COMMUNITY] if wishes.community else []:
        yield _line(price, 1)
    yield from _hours([*by_kind[PriceKind.BUNDLE], *by_kind[PriceKind.HOUR]], wishes.hours, missing)


def _base(prices: list[Price], wishes: Wishes, missing: dict[str, str]) -> Iterator[OfferLine]:
    found = next((each for each in prices if _in_tier(each, wishes.inhabitants)), None)
    if found is None:
        missing["inhabitants"] = _("Deze prijslijst heeft geen prijs voor zoveel inwoners.")
    else:
        yield _line(found, 1)


def _in_tier(price: Price, inhabitants: int) -> bool:
    return (price.tier_from or 0) <= inhabitants and (price.tier_to is None or inhabitants < price.tier_to)


def _level(prices: list[Price], wishes: Wishes, missing: dict[str, str]) -> Iterator[OfferLine]:
    if not wishes.level:
        return
    wanted = wishes.level.casefold()
    found = next((each for each in prices if each.label.casefold() == wanted), None)
    if found is None:
        missing["level"] = _("Deze prijslijst heeft geen prijs voor dit serviceniveau. Kies een ander.")
    else:
        yield _line(found, 1)


def above(price: Price, wanted: int) -> int:
    """How often the amount is asked for all that is wanted beyond what is included."""
    return -(-max(0, wanted - price.included) // price.measure.per)


def _hours(prices: list[Price], hours: int, missing: dict[str, str]) -> Iterator[OfferLine]:
    if hours and not prices:
        missing["hours"] = _("Deze prijslijst heeft geen prijs voor uren. Vul 0 in.")
        return
    chosen = cheapest(prices, hours)
    for price in prices:
        if quantity := chosen[price.kind, price.included]:
            yield _line(price, quantity)


def cheapest(prices: Sequence[Price], hours: int) -> Counter[tuple[str, int]]:
    """How many of each, for at least so many hours, cost least; of what costs alike, the fewest pieces."""
    best = [(0, 0)]
    last: list[tuple[str, int]] = []
    for wanted in range(1, hours + 1):
        choices = []
        for each in prices:
            cents, pieces = best[max(0, wanted - _size(each))]
            choices.append((cents + each.amount_cents, pieces + 1, (each.kind, each.included)))
        cents, pieces, piece = min(choices)
        best.append((cents, pieces))
        last.append(piece)
    chosen: Counter[tuple[str, int]] = Counter()
    while hours > 0:
        piece = last[hours - 1]
        chosen[piece] += 1
        hours -= piece[1] if piece[0] == PriceKind.BUNDLE else 1
    return chosen


def _size(price: Price) -> int:
    return price.included if price.kind == PriceKind.BUNDLE else 1


def _line(price: Price, quantity: int) -> OfferLine:
    kind = PriceKind(price.kind)
    with override("nl"):
        unit = price.unit
    return OfferLine(kind, label_of(price), unit, quantity, price.amount_cents, once=MEASURES[kind].once)
