"""What is asked of hours that are booked, bought or corrected."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.forms.level import WorkingTimeField
from contracts.forms.price_list import CountField
from contracts.models.hours import LONGEST_WHY
from contracts.pricing import MOST_HOURS

LONGEST_NAME = 200
NUMBER = RegexValidator(r"\A[0-9]{1,12}\Z", _("Schrijf het nummer van de melding, zoals 2043."))


class WhyField(forms.CharField):
    def __init__(self, **given: Any) -> None:  # a field's own
        super().__init__(max_length=LONGEST_WHY, widget=forms.Textarea({"rows": 2}), **given)


class DayField(forms.DateField):
    def __init__(self, **given: Any) -> None:  # a field's own
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **given)


class BookForm(forms.Form):
    """``seen`` is the last entry of the ledger that stood on the page."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1, required=False)
    minutes = WorkingTimeField(label=_("Hoe lang?"), help_text=_("Uren en minuten, zoals 1:30."))
    on = DayField(label=_("Op welke dag?"))
    who = forms.CharField(label=_("Wie deed het werk?"), max_length=LONGEST_NAME)
    ticket_number = forms.CharField(
        label=_("Voor welke melding?"),
        required=False,
        max_length=12,
        help_text=_("Het nummer. Leeg als het voor geen melding was."),
        validators=[NUMBER],
    )
    why = WhyField(label=_("Waarvoor?"), help_text=_("De gemeente leest dit ook."))


class BuyForm(forms.Form):
    hours = CountField(label=_("Hoeveel uren?"), most=MOST_HOURS, required=True)
    on = DayField(label=_("Op welke dag gekocht?"))
    who = forms.CharField(label=_("Wie bestelde ze?"), max_length=LONGEST_NAME)
    why = WhyField(label=_("Waarvan?"), help_text=_("Zoals het inkoopnummer. De gemeente leest dit ook."))


class CorrectForm(forms.Form):
    why = WhyField(
        label=_("Waarom klopt deze regel niet?"),
        help_text=_("Er komt een tegenregel bij. Boek daarna zo nodig de juiste uren."),
    )


def to_begin_with(who: str) -> dict[str, date | str]:
    return {"on": timezone.localdate(), "who": who}
