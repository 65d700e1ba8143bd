"""What is asked of whoever acts on a contract."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.contract_acts import Paper, Signer
from contracts.forms.contract import DAY, PdfField
from contracts.states import OFFER_DAYS, Side, State

LONGEST_REASON = 1000


class SeenForm(forms.Form):
    """``seen`` is the state that the person saw: what happened meanwhile is not passed over unseen."""

    seen = forms.ChoiceField(choices=State.choices, widget=forms.HiddenInput)


class ReasonForm(SeenForm):
    words = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Beide partijen lezen dit."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
    )


class OfferForm(SeenForm):
    until = forms.DateField(
        label=_("Tot en met welke dag kan de gemeente tekenen?"),
        widget=DAY,
        help_text=_("Daarna verloopt het."),
    )


class SignForm(SeenForm):
    """``digest`` is of what the person saw."""

    name = forms.CharField(
        label=_("Uw naam"), max_length=200, widget=forms.TextInput({"autocomplete": "name"})
    )
    function = forms.CharField(
        label=_("Uw functie"),
        max_length=200,
        help_text=_("Waarin u mag tekenen, zoals afdelingshoofd I&A."),
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=_("Ik las deze versie met haar bijlagen, en teken haar"),
        error_messages={"required": _("Zet het vinkje als u tekent.")},
    )

    def signer(self) -> Signer:
        return Signer(self.cleaned_data["name"], self.cleaned_data["function"])


class PaperForm(SeenForm):
    side = forms.ChoiceField(label=_("Wie tekende?"), choices=Side.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Naam onder het document"), max_length=200)
    function = forms.CharField(label=_("Functie"), max_length=200)
    signed_on = forms.DateField(label=_("Datum van ondertekening"), widget=DAY)
    file = PdfField(label=_("De ondertekende pdf"))
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def signer(self) -> Signer:
        return Signer(self.cleaned_data["name"], self.cleaned_data["function"])

    def paper(self) -> Paper:
        given = self.cleaned_data
        return Paper(Side(given["side"]), given["file"], given["signed_on"])


class NoticeForm(ReasonForm):
    """``last_day`` is what the person saw."""

    last_day = forms.DateField(widget=forms.HiddenInput(), input_formats=["%Y-%m-%d"])


def offer_to_begin_with(seen: str, today: date) -> dict[str, Any]:
    return {"seen": seen, "until": today + timedelta(days=OFFER_DAYS)}
