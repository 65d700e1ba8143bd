"""Asking once more before what cannot be undone: the name has to be typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from screens.pages import show
from screens.parts import Crumb
from screens.shell import Shell


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


@dataclass(frozen=True)
class Question:
    """What happens, sentence by sentence, and the words of the red button: a verb and a noun."""

    title: str
    consequences: Sequence[str]
    submit: str
    cancel: str
    crumbs: Sequence[Crumb] = ()


def ask(request: HttpRequest, question: Question, form: forms.Form, *, shell: Shell) -> HttpResponse:
    """The page that asks; 422 where the form was refused. ``form`` is TypeTheName, or has more to confirm."""
    return show(
        request,
        "screens/confirm.html",
        {"question": question, "form": form},
        shell=shell,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
        fragment="screens/confirm_fragment.html",
    )


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
