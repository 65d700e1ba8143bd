"""When is it done? A report as it might go: when it came, with which priority, and what happens next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.clocks import Event
from contracts.models import Priority
from contracts.running import Happening

STEPS = (1, 2, 3, 4)
LONGEST = timedelta(days=366)
BEGINNINGS = (Happening.RECEIVED, Happening.OPENED)
NO_STEP = (*BEGINNINGS, Happening.MOVED, Happening.CORRECTED)


class MomentField(forms.DateTimeField):
    def __init__(self, **given: Any) -> None:  # a field's own
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **given)


class WhenForm(forms.Form):
    priority = forms.ChoiceField(label=_("Prioriteit"), choices=Priority.choices)
    begins = forms.ChoiceField(
        label=_("Hoe begint het?"), choices=[(each.value, each.label) for each in BEGINNINGS]
    )
    moment = MomentField(label=_("Wanneer?"), help_text=_("Volgens de klok in Europees Nederland."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        later = [(each.value, each.label) for each in Happening if each not in NO_STEP]
        for step in STEPS:
            words = {"step": step}
            self.fields[f"what_{step}"] = forms.ChoiceField(
                label=gettext("Stap %(step)s: wat gebeurt er?") % words,
                choices=[("", _("Niets")), *later],
                required=False,
            )
            self.fields[f"moment_{step}"] = MomentField(
                label=gettext("Stap %(step)s: wanneer?") % words, required=False
            )
            self.fields[f"priority_{step}"] = forms.ChoiceField(
                label=gettext("Stap %(step)s: welke prioriteit wordt het?") % words,
                choices=[("", _("Dezelfde")), *Priority.choices],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for step in STEPS:
            what, moment = given.get(f"what_{step}"), given.get(f"moment_{step}")
            if bool(what) is (moment is None) and f"moment_{step}" not in self.errors:
                field = f"moment_{step}" if what else f"what_{step}"
                self.add_error(field, _("Kies bij een stap wat er gebeurt, en wanneer."))
            if what == Happening.PRIORITY and not given.get(f"priority_{step}"):
                self.add_error(f"priority_{step}", _("Kies welke prioriteit het wordt."))
            start = given.get("moment")
            if start and moment and not start <= moment <= start + LONGEST:
                self.add_error(f"moment_{step}", _("Kies een moment na het begin, binnen een jaar."))
        return given

    def given(self) -> dict[str, str]:
        """What was filled in, as it stands in an address."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}

    def events(self) -> Iterator[Event]:
        given = self.cleaned_data
        yield Event(given["moment"], Happening(given["begins"]), given["priority"])
        for step in STEPS:
            if what := given[f"what_{step}"]:
                yield Event(given[f"moment_{step}"], Happening(what), given[f"priority_{step}"])


def to_ask_with(now: datetime) -> dict[str, Any]:
    return {"priority": Priority.P2, "begins": Happening.RECEIVED, "moment": timezone.localtime(now)}
