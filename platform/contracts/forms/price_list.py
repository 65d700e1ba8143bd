"""What is asked of a price list. What has several prices is one line for each: tiers, levels, bundles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.euro_texts import cents_of, count_of, text_of_cents
from contracts.forms.publishing import NewForm, PublishForm
from contracts.models import PriceKind, PriceListVersion
from contracts.models.price_list import HIGHEST_CENTS, MOST_INCLUDED, MOST_INHABITANTS
from contracts.price_publishing import LABELS, PriceListTerms, PriceTerms, complaint_of
from contracts.pricing import figure
from contracts.span_texts import UnreadableError

LINE = re.compile(r"(?P<what>.+?)\s+(?P<euro>(?:€\s*)?[\d.]+(?:,\S*)?)")
MOST_LINES = 20
LONGEST_LEVEL = 100
SINGLE = {
    "setup": PriceKind.SETUP,
    "environment": PriceKind.ENVIRONMENT,
    "storage": PriceKind.STORAGE,
    "documents": PriceKind.DOCUMENTS,
    "calls": PriceKind.CALLS,
    "community": PriceKind.COMMUNITY,
    "hour": PriceKind.HOUR,
}
"""Of which there is one price, by the field that asks it."""
INCLUDED = ("environment", "storage", "documents", "calls")
"""Of which the base may include some."""


class EuroField(forms.CharField):
    """Cents; None where it is empty."""

    def __init__(self, **given: Any) -> None:  # a field's own
        widget = forms.TextInput({"inputmode": "decimal"})
        super().__init__(required=False, max_length=20, widget=widget, **given)

    def clean(self, value: object) -> int | None:
        text = super().clean(value)
        return _read(cents_of, text, HIGHEST_CENTS) if text else None


class CountField(forms.CharField):
    """A whole number, with or without dots; 0 where it is empty."""

    def __init__(self, *, most: int, **given: Any) -> None:  # a field's own
        self.most = most
        widget = forms.TextInput({"inputmode": "numeric"})
        super().__init__(**{"required": False, "max_length": 20, "widget": widget, **given})

    def clean(self, value: object) -> int:
        text = super().clean(value)
        return _read(count_of, text, self.most) if text else 0


class LinesField(forms.CharField):
    """On each line what it is and its amount, as pairs of a text and cents."""

    def __init__(self, **given: Any) -> None:  # a field's own
        super().__init__(max_length=4000, **{"widget": forms.Textarea({"rows": 7}), **given})

    def clean(self, value: object) -> list[tuple[str, int]]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                gettext("Schrijf ten hoogste %(most)s regels.") % {"most": MOST_LINES}
            )
        return [_line(line) for line in lines]


def _line(line: str) -> tuple[str, int]:
    match = LINE.fullmatch(line)
    if match is None:
        raise forms.ValidationError(
            gettext("Schrijf op elke regel ook het bedrag, zoals %(example)s 1.250,00.")
            % {"example": line[:40]}
        )
    return match["what"], _read(cents_of, match["euro"], HIGHEST_CENTS)


def _read(how: Callable[[str], int], text: str, most: int) -> int:
    try:
        found = how(text)
    except UnreadableError as error:
        raise forms.ValidationError(str(error)) from error
    if found > most:
        shown = figure(most // 100 if how is cents_of else most)
        raise forms.ValidationError(gettext("Schrijf ten hoogste %(most)s.") % {"most": shown})
    return found


class PriceListForm(PublishForm):
    btw = forms.IntegerField(
        label=_("Btw, in procenten"),
        min_value=0,
        max_value=100,
        help_text=_("Alle bedragen hieronder zijn zonder btw."),
    )
    tiers = LinesField(
        label=_("Basis per jaar, naar inwoners"),
        help_text=_(
            "Op elke regel vanaf hoeveel inwoners, en het bedrag per jaar, zoals 25.000 18.600,00."
            " Begin bij 0. Een schijf loopt tot waar de volgende begint."
        ),
    )
    levels = LinesField(
        label=_("Serviceniveaus, per jaar"),
        required=False,
        help_text=_("Op elke regel de naam van een serviceniveau en het bedrag, zoals Plus 14.400,00."),
        widget=forms.Textarea({"rows": 4}),
    )
    setup = EuroField(
        label=_("Inrichting, eenmalig"),
        help_text=_("In euro's, zoals 1.250,00. Leeg is: dit staat niet op de lijst."),
    )
    environment = EuroField(label=_("Oefenomgeving, per jaar"))
    environment_included = CountField(
        label=_("Oefenomgevingen in de basis"), most=MOST_INCLUDED, help_text=_("Zoveel kosten niets extra.")
    )
    storage = EuroField(label=_("Opslag, per 100 GB per jaar"))
    storage_included = CountField(label=_("GB opslag in de basis"), most=MOST_INCLUDED)
    documents = EuroField(label=_("Documenten, per 1.000"))
    documents_included = CountField(label=_("Documenten per jaar in de basis"), most=MOST_INCLUDED)
    calls = EuroField(label=_("Verzoeken aan de API's, per 1.000"))
    calls_included = CountField(
        label=_("Verzoeken per jaar in de basis"), most=MOST_INCLUDED, help_text=_("Wat redelijk gebruik is.")
    )
    community = EuroField(label=_("Bijdrage aan de gemeenschap, per jaar"))
    bundles = LinesField(
        label=_("Strippenkaarten"),
        required=False,
        help_text=_("Op elke regel het aantal uren en het bedrag, zoals 40 4.800,00."),
        widget=forms.Textarea({"rows": 3}),
    )
    hour = EuroField(label=_("Uur werk"))

    field_order = ("name", "effective_from", "reason", "btw")

    def clean_tiers(self) -> list[PriceTerms]:
        starts = _counted(self.cleaned_data["tiers"], MOST_INHABITANTS)
        if starts[0][0] != 0:
            raise forms.ValidationError(gettext("Laat de eerste regel bij 0 inwoners beginnen."))
        if any(before[0] >= after[0] for before, after in pairwise(starts)):
            raise forms.ValidationError(gettext("Laat elke regel bij meer inwoners beginnen dan de vorige."))
        ends = [*(start for start, _cents in starts[1:]), None]
        return [
            PriceTerms(PriceKind.BASE, LABELS[PriceKind.BASE], cents, tier_from=start, tier_to=end)
            for (start, cents), end in zip(starts, ends, strict=True)
        ]

    def clean_levels(self) -> list[PriceTerms]:
        found = self.cleaned_data["levels"]
        if any(len(name) > LONGEST_LEVEL for name, _cents in found):
            raise forms.ValidationError(gettext("Een naam is ten hoogste honderd tekens lang."))
        return [PriceTerms(PriceKind.LEVEL, name, cents) for name, cents in found]

    def clean_bundles(self) -> list[PriceTerms]:
        found = _counted(self.cleaned_data["bundles"], MOST_INCLUDED)
        if any(hours == 0 for hours, _cents in found):
            raise forms.ValidationError(gettext("Een strippenkaart heeft ten minste één uur."))
        label = LABELS[PriceKind.BUNDLE]
        return [PriceTerms(PriceKind.BUNDLE, label, cents, included=hours) for hours, cents in found]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for name in INCLUDED:
            if given.get(f"{name}_included") and name not in self.errors and given.get(name) is None:
                self.add_error(name, gettext("Schrijf ook op wat het kost boven wat in de basis zit."))
        if not self.errors and (complaint := complaint_of(list(self._prices()))):
            self.add_error(None, complaint)
        return given

    def terms(self) -> PriceListTerms:
        return PriceListTerms(self.cleaned_data["btw"], list(self._prices()))

    def _prices(self) -> Iterator[PriceTerms]:
        given = self.cleaned_data
        yield from given["tiers"]
        yield from given["levels"]
        for name, kind in SINGLE.items():
            if given[name] is not None:
                included = given.get(f"{name}_included", 0)
                yield PriceTerms(kind, LABELS[kind], given[name], included=included)
        yield from given["bundles"]


class NewPriceListForm(NewForm, PriceListForm):
    pass


def _counted(lines: list[tuple[str, int]], most: int) -> list[tuple[int, int]]:
    """With a number as what stands before the amount."""
    return [(_read(count_of, what, most), cents) for what, cents in lines]


def price_list_as_text(version: PriceListVersion) -> dict[str, Any]:
    """What the form shows of a version."""
    prices = list(version.prices.all())
    found: dict[str, Any] = {"btw": version.btw_percentage}
    lines: dict[str, list[str]] = {"tiers": [], "levels": [], "bundles": []}
    fields = {kind: name for name, kind in SINGLE.items()}
    for price in prices:
        amount = text_of_cents(price.amount_cents)
        match price.kind:
            case PriceKind.BASE:
                lines["tiers"].append(f"{figure(price.tier_from or 0)} {amount}")
            case PriceKind.LEVEL:
                lines["levels"].append(f"{price.label} {amount}")
            case PriceKind.BUNDLE:
                lines["bundles"].append(f"{figure(price.included)} {amount}")
            case kind:
                name = fields[PriceKind(kind)]
                found |= {name: amount, f"{name}_included": figure(price.included) if price.included else ""}
    return found | {name: "\n".join(each) for name, each in lines.items()}
