"""What is asked of whoever acts in a hand-over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handover.states import State

LONGEST_REASON = 1000
LONGEST_EVIDENCE = 500
LONGEST_OVERLAP = timedelta(days=90)
FARTHEST = timedelta(days=365)
JUST_NOW = timedelta(minutes=15)
"""Who chooses the present minute has posted a little later."""


class ActForm(forms.Form):
    """``seen`` is the state that the person saw: what happened meanwhile is not passed over unseen."""

    seen = forms.ChoiceField(choices=State.choices, widget=forms.HiddenInput)


class ReasonForm(ActForm):
    words = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Alle partijen van deze overdracht lezen dit."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
    )


class PlanForm(ActForm):
    planned_at = forms.DateTimeField(
        label=_("Vanaf wanneer mag het?"),
        help_text=_("Vanaf dan kan de nieuwe partij overdragen."),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    overlap_until = forms.DateField(
        label=_("Tot en met welke dag mogen oude geheimen werken?"),
        help_text=_("Daarvoor moet u ze hebben gewisseld. Ten hoogste 90 dagen na het moment."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        moment, overlap, now = given.get("planned_at"), given.get("overlap_until"), timezone.now()
        if moment is not None and not now - JUST_NOW <= moment <= now + FARTHEST:
            self.add_error("planned_at", _("Kies een moment in de toekomst, binnen een jaar."))
        elif moment is not None and overlap is not None:
            first = timezone.localtime(moment).date()
            if not first <= overlap <= first + LONGEST_OVERLAP:
                self.add_error(
                    "overlap_until", _("Kies een dag vanaf het moment, ten hoogste 90 dagen later.")
                )
        return given


class DoneForm(forms.Form):
    evidence = forms.CharField(
        label=_("Waaruit blijkt dat?"),
        help_text=_("Bijvoorbeeld een besluit, een datum of een naam. Schrijf hier geen geheim."),
        max_length=LONGEST_EVIDENCE,
        widget=forms.Textarea({"rows": 2}),
    )


class BeginForm(forms.Form):
    """``party`` is a role and who would take it over."""

    party = forms.ChoiceField(label=_("Wie gaat het overnemen?"))
    decision = forms.CharField(
        label=_("Welk besluit ligt eraan ten grondslag?"),
        help_text=_("De naam van het document, zoals uw organisatie het terugvindt."),
        max_length=200,
    )
    decided_on = forms.DateField(
        label=_("Datum van het besluit"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, parties: Sequence[tuple[str, Any]], **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        field = self.fields["party"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Kies een partij")), *parties]

    def clean_decided_on(self) -> date:
        given: date = self.cleaned_data["decided_on"]
        if given > timezone.localdate():
            raise forms.ValidationError(_("Het besluit kan niet in de toekomst liggen."))
        return given
