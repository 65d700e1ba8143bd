"""What is asked of hours that were worked for a report."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.forms.hours import DayField, WhyField
from contracts.forms.level import WorkingTimeField
from helpdesk.acting.booking import Work


class WorkForm(forms.Form):
    """``seen`` is the last entry of the ledger that stood on the page."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)
    minutes = WorkingTimeField(label=_("Hoe lang?"), help_text=_("Uren en minuten, zoals 1:30."))
    why = WhyField(label=_("Wat deed u?"), help_text=_("De gemeente leest dit ook. Geen persoonsgegevens."))
    on = DayField(label=_("Op welke dag?"))

    def work(self, *, is_of_ledger: bool) -> Work:
        """Who books on a day of another contract saw no ledger of that one."""
        given = self.cleaned_data
        seen = given["seen"] if is_of_ledger else None
        return Work(minutes=given["minutes"], on=given["on"], why=given["why"], seen=seen)
