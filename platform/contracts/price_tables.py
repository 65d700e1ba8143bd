"""A price list, and what it asks of somebody, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from contracts.models import Price, PriceKind, PriceListVersion
from contracts.pricing import Offer, OfferLine, calendar_year_of, label_of
from screens.formats import long_day, money, number, percent
from screens.tables import Cell, Heading, Row, RowGroup, Table


def prices_of(version: PriceListVersion) -> Table:
    """In the order of a list on paper: the base, the levels, and what comes with them."""
    prices = list(version.prices.all())
    words = (_("Waarvoor"), _("Per"), _("Bedrag zonder btw"))
    return Table(
        caption=_("Prijzen"),
        headings=[Heading(words[0]), Heading(words[1]), Heading(words[2], numeric=True)],
        groups=[
            RowGroup(word, [_price(each, words) for each in group])
            for word, group in _grouped(prices)
            if group
        ],
    )


def _grouped(prices: Sequence[Price]) -> Iterable[tuple[str, list[Price]]]:
    groups = (
        (_("Basis, naar inwoners"), (PriceKind.BASE,)),
        (_("Serviceniveaus"), (PriceKind.LEVEL,)),
        (
            _("Verder per jaar"),
            (
                PriceKind.ENVIRONMENT,
                PriceKind.STORAGE,
                PriceKind.DOCUMENTS,
                PriceKind.CALLS,
                PriceKind.COMMUNITY,
            ),
        ),
        (_("Eenmalig, en uren"), (PriceKind.SETUP, PriceKind.BUNDLE, PriceKind.HOUR)),
    )
    for word, kinds in groups:
        yield word, [each for kind in kinds for each in prices if each.kind == kind]


def _price(price: Price, words: Sequence[str]) -> Row:
    return Row(
        [
            Cell(label_of(price)),
            Cell(price.unit, label=words[1]),
            Cell(money(price.amount_cents), label=words[2], numeric=True),
        ]
    )


def lines_of(offered: Offer) -> Table:
    """Each line with what it comes to, and under each kind of amount its sum."""
    words = (_("Regel"), _("Aantal"), _("Per"), _("Prijs"), _("Bedrag"))
    yearly = [each for each in offered.lines if not each.once]
    once = [each for each in offered.lines if each.once]
    return Table(
        caption=_("Wat het kost, zonder btw"),
        headings=[Heading(word, numeric=place in {1, 3, 4}) for place, word in enumerate(words)],
        groups=[
            RowGroup(word, [_line(each, words) for each in lines])
            for word, lines in ((_("Per jaar"), yearly), (_("Eenmalig"), once))
            if lines
        ],
    )


def _line(line: OfferLine, words: Sequence[str]) -> Row:
    return Row(
        [
            Cell(line.label),
            Cell(number(line.quantity), label=words[1], numeric=True),
            Cell(line.unit, label=words[2]),
            Cell(money(line.unit_cents), label=words[3], numeric=True, nowrap=True),
            Cell(money(line.total_cents), label=words[4], numeric=True, nowrap=True),
        ]
    )


def sums_of(offered: Offer, start: date | None = None) -> Table:
    """With what falls in the calendar year of ``start``, where that is given."""
    btw = _("Btw %(percentage)s") % {"percentage": percent(offered.btw_percentage)}
    words = (_("Wat"), _("Zonder btw"), btw, _("Met btw"))
    sums = [
        (_("Eenmalig"), offered.once_cents, offered.once_btw_cents),
        (_("Per jaar"), offered.yearly_cents, offered.yearly_btw_cents),
        (_("Eerste jaar"), offered.first_year_cents, offered.first_year_btw_cents),
        (_("Elk volgend jaar"), offered.yearly_cents, offered.yearly_btw_cents),
    ]
    if start is not None:
        part = calendar_year_of(offered, start)
        word = _("In %(year)s, vanaf %(day)s") % {"year": start.year, "day": long_day(start)}
        sums.append((word, part.cents, part.btw_cents))
    return Table(
        caption=_("Bij elkaar"),
        headings=[Heading(word, numeric=place > 0) for place, word in enumerate(words)],
        rows=[
            Row(
                [
                    Cell(what),
                    *(
                        Cell(money(amount), label=words[place], numeric=True, nowrap=True)
                        for place, amount in ((1, cents), (2, of_btw), (3, cents + of_btw))
                    ),
                ]
            )
            for what, cents, of_btw in sums
        ],
    )
