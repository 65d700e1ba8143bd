"""Choosing municipalities: all of a few stand there; of many one looks for them, and adds what is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from screens.forms.controls import SEARCH, FindBox
from tenants.accounts.person import Person
from tenants.registry.models import Municipality

MOST_SHOWN = 20
LONGEST_WORD = 100
NUL = "\x00"


class MunicipalitiesForm(forms.Form):
    """A subclass calls ``offer`` where its person has municipalities to choose from.

    Its button *Zoek* sends the form without asking for anything else: what was filled in stands there again,
    with what was found, and nothing is complained about or done.
    """

    is_limited = forms.BooleanField(label=_("Alleen voor bepaalde gemeenten"), required=False)
    find = forms.CharField(
        label=_("Zoek een gemeente"),
        required=False,
        max_length=LONGEST_WORD,
        help_text=_("Een deel van de naam. Vink aan wat u wilt toevoegen, en zoek daarna gerust verder."),
        widget=FindBox({"autocomplete": "off"}),
    )
    municipalities = forms.MultipleChoiceField(
        label=_("Gemeenten"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:  # a form's own
        typed = _typed(self.base_fields, data) if data and SEARCH in data else None
        if typed is not None:
            kwargs["initial"] = {**(kwargs.get("initial") or {}), **typed, "is_limited": True}
        super().__init__(None if typed is not None else data, *args, **kwargs)
        self.looked_for = "" if typed is None else _plain(typed["find"])

    def offer(self, person: Person) -> None:
        """What this person sees, and nothing else."""
        visible = Municipality.objects.visible_to(person).order_by("naam", "environment", "pk")
        few = list(visible[: MOST_SHOWN + 1])
        if len(few) <= MOST_SHOWN:
            del self.fields["find"]
            self.choose("municipalities", [(each.schema_name, _label(each)) for each in few])
            return
        chosen = list(visible.filter(schema_name__in=[each for each in self._chosen() if NUL not in each]))
        self.initial["municipalities"] = [each.schema_name for each in chosen]
        found = list(visible.filter(naam__icontains=self.looked_for)[:MOST_SHOWN]) if self.looked_for else []
        offered = dict.fromkeys([*chosen, *found])
        self.choose("municipalities", [(each.schema_name, _label(each)) for each in offered])
        if not offered:
            self.fields["municipalities"].widget = forms.MultipleHiddenInput()
        if self.looked_for:
            self.fields["find"].help_text = _what_was_found(self.looked_for, len(found))

    def choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def _chosen(self) -> list[str]:
        if self.is_bound:
            field = self.fields["municipalities"]
            return list(field.widget.value_from_datadict(self.data, self.files, "municipalities") or ())
        return list(self.initial.get("municipalities") or ())


def _typed(fields: Mapping[str, forms.Field], data: Any) -> dict[str, Any]:
    """What stands in the form, as it was typed."""
    return {name: field.widget.value_from_datadict(data, {}, name) for name, field in fields.items()}


def _plain(word: str | None) -> str:
    return (word or "").replace(NUL, "").strip()[:LONGEST_WORD]


def _label(municipality: Municipality) -> str:
    """With its environment, where it is another than one expects."""
    if municipality.environment == Municipality.Environment.PRODUCTIE:
        return municipality.naam
    return f"{municipality.naam}, {str(municipality.get_environment_display()).lower()}"


def _what_was_found(word: str, count: int) -> str:
    if not count:
        return gettext("Geen gemeente gevonden met “%(word)s”.") % {"word": word}
    if count == MOST_SHOWN:
        return gettext("De eerste %(count)s met “%(word)s”. Typ meer van de naam.") % {
            "count": count,
            "word": word,
        }
    words = ngettext(
        "%(count)s gemeente gevonden met “%(word)s”.", "%(count)s gemeenten gevonden met “%(word)s”.", count
    )
    return words % {"count": count, "word": word}
