"""What is asked of an indexation: the figure, who published it, its month, and from when it holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.forms.contract import DAY
from contracts.forms.level import PercentField
from contracts.indexing import Index
from contracts.models.contract_version import HIGHEST_INDEX, LONGEST_SOURCE, LOWEST_INDEX


class IndexForm(forms.Form):
    percentage = PercentField(
        label=_("Met hoeveel procent?"),
        max_digits=5,
        decimal_places=2,
        min_value=LOWEST_INDEX,
        max_value=HIGHEST_INDEX,
        help_text=_("Zoals gepubliceerd, bijvoorbeeld 3,15. Wat het contract begrenst, gaat eraf."),
    )
    source = forms.CharField(
        label=_("Wie publiceerde dit, en waar?"),
        max_length=LONGEST_SOURCE,
        help_text=_("Bijvoorbeeld: CBS, dienstenprijsindex, tabel 83760NED. De gemeente leest dit."),
    )
    month = forms.DateField(
        label=_("Van welke maand is het cijfer?"),
        widget=DAY,
        help_text=_("Kies een dag in die maand."),
    )
    start = forms.DateField(label=_("Vanaf welke dag gelden de prijzen?"), widget=DAY)

    def index(self) -> Index:
        given = self.cleaned_data
        percentage: Decimal = given["percentage"]
        month: date = given["month"]
        return Index(percentage=percentage, source=given["source"], month=month.replace(day=1))
