"""What does it cost? Of what is asked only that which the list has a price for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.drafting import FARTHEST
from contracts.forms.price_list import CountField
from contracts.models import PriceKind, PriceListVersion
from contracts.models.price_list import MOST_INCLUDED, MOST_INHABITANTS
from contracts.pricing import MOST_HOURS, NotOnTheList, Offer, Wishes, offer
from tenants.registry.gemeenten import gemeente, gemeenten_named

MOST_ENVIRONMENTS = 20
PRICED = {
    "level": {PriceKind.LEVEL},
    "environments": {PriceKind.ENVIRONMENT},
    "storage_gb": {PriceKind.STORAGE},
    "documents": {PriceKind.DOCUMENTS},
    "calls": {PriceKind.CALLS},
    "hours": {PriceKind.BUNDLE, PriceKind.HOUR},
    "setup": {PriceKind.SETUP},
    "community": {PriceKind.COMMUNITY},
}
"""By field, the kinds of which one has to be on the list for it to be asked."""


class WishesForm(forms.Form):
    offered: Offer | None = None
    """What it comes to, once it is valid."""

    gemeente = forms.ChoiceField(
        label=_("Voor welke gemeente?"), required=False, help_text=_("Haar inwoners komen van het CBS.")
    )
    inhabitants = CountField(label=_("Of voor hoeveel inwoners?"), most=MOST_INHABITANTS)
    level = forms.ChoiceField(label=_("Serviceniveau"), required=False)
    environments = CountField(label=_("Oefenomgevingen"), most=MOST_ENVIRONMENTS, help_text=_("In totaal."))
    storage_gb = CountField(label=_("Opslag, in GB"), most=MOST_INCLUDED, help_text=_("In totaal."))
    documents = CountField(label=_("Documenten per jaar"), most=MOST_INCLUDED)
    calls = CountField(label=_("Verzoeken aan de API's per jaar"), most=MOST_INCLUDED)
    hours = CountField(
        label=_("Uren werk vooruit"),
        most=MOST_HOURS,
        help_text=_("De lijst geeft de goedkoopste strippenkaarten en losse uren hiervoor."),
    )
    start = forms.DateField(
        label=_("Vanaf welke dag?"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Voor wat in dat kalenderjaar valt, naar dagen. Leeg is alleen hele jaren."),
    )
    setup = forms.BooleanField(label=_("Met inrichting"), required=False, initial=True)
    community = forms.BooleanField(label=_("Met bijdrage aan de gemeenschap"), required=False, initial=True)

    def __init__(self, *args: Any, version: PriceListVersion, **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        self.version = version
        prices = list(version.prices.all())
        there = {each.kind for each in prices}
        for name, kinds in PRICED.items():
            if not kinds & there:
                del self.fields[name]
        known = [(each.cbs_code, f"{each.naam} ({each.provincie})") for each in gemeenten_named()]
        self._choose("gemeente", [("", gettext("Kies een gemeente")), *known])
        levels = [(each.label, each.label) for each in prices if each.kind == PriceKind.LEVEL]
        self._choose("level", [("", gettext("Geen")), *levels])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_start(self) -> date | None:
        given: date | None = self.cleaned_data["start"]
        if given is not None and abs(given - timezone.localdate()) > FARTHEST:
            raise forms.ValidationError(gettext("Kies een dag binnen twintig jaar van vandaag."))
        return given

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if bool(given.get("gemeente")) == bool(given.get("inhabitants")) and not self.errors:
            self.add_error(
                "inhabitants", gettext("Kies een gemeente, of vul een aantal inwoners in. Niet allebei.")
            )
        if not self.errors:
            self._reckon()
        return given

    def _reckon(self) -> None:
        try:
            self.offered = offer(self.version, self.wishes())
        except NotOnTheList as refused:
            for name, why in refused.missing.items():
                self.add_error(name if name in self.fields else None, why)

    def wishes(self) -> Wishes:
        given = self.cleaned_data
        known = gemeente(given["gemeente"])
        asked = {name: given[name] for name in PRICED if name in self.fields}
        return Wishes(**{**asked, "inhabitants": known.inwoners if known else given["inhabitants"]})

    def for_whom(self) -> str:
        """Empty where a number of inhabitants was given."""
        known = gemeente(self.cleaned_data["gemeente"])
        return known.naam if known else ""

    def given(self) -> dict[str, str]:
        """What was filled in, as it stands in an address."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}
