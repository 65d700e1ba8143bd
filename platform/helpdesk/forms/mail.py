"""Of which municipality a mail becomes a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class OfMunicipalityForm(forms.Form):
    gemeente = forms.ChoiceField(
        label=_("Gemeente"),
        help_text=_("De afzender krijgt bericht, en leest en schrijft daarna mee bij deze melding."),
        error_messages={"required": _("Kies van welke gemeente deze e-mail is.")},
    )

    def __init__(
        self, *args: Any, gemeenten: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        none = [("", _("Kies een gemeente"))] if len(gemeenten) > 1 else []
        self.fields["gemeente"].choices = [*none, *gemeenten]  # type: ignore[attr-defined]  # a choice has them
