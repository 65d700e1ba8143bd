"""What is asked on the pages of service reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from service_reports.acting import LONGEST_REASON
from service_reports.announcing import Plan
from service_reports.deciding import LONGEST_DISPUTE
from tenants.registry.models import Municipality

LONGEST_MAINTENANCE = 300
MOMENT = "%Y-%m-%dT%H:%M"


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom komt er een nieuwe versie?"),
        help_text=_("De gemeente leest dit bij het rapport."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Schrijf op waarom er een nieuwe versie komt.")},
    )


class DisputeForm(forms.Form):
    words = forms.CharField(
        label=_("Wat klopt er niet?"),
        help_text=_("Noem de dag, de klok of het bedrag. Schrijf geen persoonsgegevens op."),
        max_length=LONGEST_DISPUTE,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Schrijf op wat er niet klopt.")},
    )


class MomentField(forms.DateTimeField):
    """A day and a time of the clock on the wall."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format=MOMENT)
    input_formats = [MOMENT]


class MaintenanceForm(forms.Form):
    """Without a choice it is for all that one sees."""

    gemeenten = forms.MultipleChoiceField(
        label=_("Voor welke gemeenten?"),
        help_text=_("Kies er geen: dan is het voor alle gemeenten die u bedient."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_at = MomentField(
        label=_("Van"), help_text=_("Vijf hele werkdagen van tevoren aangekondigd telt niet mee als uitval.")
    )
    ends_at = MomentField(label=_("Tot"), help_text=_("Ten hoogste 24 uur na het begin."))
    reason = forms.CharField(
        label=_("Wat gebeurt er?"),
        help_text=_("De gemeente leest dit, en krijgt er bericht van."),
        max_length=LONGEST_MAINTENANCE,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, data: Any, *, seen: Iterable[Municipality]) -> None:  # noqa: ANN401  # as Django has it
        super().__init__(data)
        self.seen = list(seen)
        chosen = self.fields["gemeenten"]
        chosen.choices = [  # type: ignore[attr-defined]  # a choice has them
            (str(each.pk), f"{each.naam}, {str(each.get_environment_display()).lower()}")
            for each in self.seen
        ]

    def chosen(self) -> list[Municipality]:
        asked = set(self.cleaned_data["gemeenten"])
        return [each for each in self.seen if not asked or str(each.pk) in asked]

    def plan(self) -> Plan:
        starts_at: datetime = self.cleaned_data["starts_at"]
        return Plan(starts_at, self.cleaned_data["ends_at"], self.cleaned_data["reason"])
