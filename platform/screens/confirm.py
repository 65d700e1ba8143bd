"""Asking once more before what cannot be undone: the name has to be typed."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class TypeTheName(forms.Form):
    """Valid where ``name`` was typed, capitals and all; spaces around it do not count."""

    typed = forms.CharField(
        label=_("Typ de naam"),
        help_text=_("Zo weet u zeker dat u de goede hebt."),
        max_length=200,
        widget=forms.TextInput({"size": 24, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if plain(typed) != plain(self.name):
            raise forms.ValidationError(
                _("Dit is niet de naam. Typ precies: %(name)s"), params={"name": self.name}
            )
        return typed


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
