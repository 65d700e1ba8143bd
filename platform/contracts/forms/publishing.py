"""What every version is asked: from which day, why, and which version the person saw."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.publishing import Publishing

LONGEST_REASON = 500
LONGEST_NAME = 100


class PublishForm(forms.Form):
    """``seen`` is 0 for something new."""

    effective_from = forms.DateField(
        label=_("Vanaf welke dag geldt dit?"),
        help_text=_("Wat dan al loopt, houdt de afspraken waarmee het begon."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Dit staat bij de versie, en in het logboek."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def how(self) -> Publishing:
        return Publishing(self.cleaned_data["effective_from"], self.cleaned_data["reason"])


class NewForm(forms.Form):
    name = forms.CharField(label=_("Naam"), max_length=LONGEST_NAME)


def to_begin_with(seen: int, now: datetime) -> dict[str, Any]:
    """Something new may hold from today; another version from tomorrow on."""
    today = timezone.localdate(now)
    return {"seen": seen, "effective_from": today + timedelta(days=1) if seen else today}
