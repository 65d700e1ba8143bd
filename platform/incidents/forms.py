"""What is asked of whoever tells of an incident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from contracts.forms.when import MomentField
from incidents.acting import LONGEST_AGO, Said, Wish
from incidents.models import RUNNING, Incident, Nature, Severity, State
from incidents.showing import choices_of
from incidents.states import Act
from screens.forms.controls import InLine, Option
from tenants.accounts.choosing import MunicipalitiesForm
from tenants.accounts.person import Person
from tenants.registry.models import Municipality

LONGEST_TEXT = 4000
PROMISES = (30, 60, 120, 240, 480, 1440)
"""Minutes until the next update."""
HOUR = 60
Status = Municipality.Status


def promises() -> list[tuple[str, str]]:
    """30 minuten, 1 uur, 24 uur."""
    return [
        (
            str(minutes),
            gettext("%(hours)s uur") % {"hours": minutes // HOUR}
            if minutes >= HOUR
            else gettext("%(minutes)s minuten") % {"minutes": minutes},
        )
        for minutes in PROMISES
    ]


def running_states() -> list[tuple[str, str]]:
    return [(state.value, str(state.label)) for state in RUNNING]


class Words(forms.CharField):
    """A few sentences that all whom it concerns read."""

    def __init__(self, **given: Any) -> None:  # a field's own
        super().__init__(max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 5}), **given)


class SaidForm(forms.Form):
    """One update, by one act; ``seen`` is the last one that the person had read."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = Words(
        label=_("Wat moeten de gemeenten weten?"),
        help_text=_(
            "Alle gemeenten die het raakt, lezen dezelfde tekst. Noem dus geen gemeenten, en geen"
            " persoonsgegevens. Een update wijzigt u niet: verbeteren doet u met de volgende."
        ),
        error_messages={"required": _("Schrijf op wat er aan de hand is en wat u doet.")},
    )
    state = forms.ChoiceField(label=_("Hoe staat het?"), widget=InLine)
    severity = forms.ChoiceField(
        label=_("Ernst"), choices=lambda: choices_of(Severity), widget=forms.RadioSelect
    )
    nature = forms.ChoiceField(label=_("Soort"), choices=lambda: choices_of(Nature), widget=forms.RadioSelect)
    cause = Words(
        label=_("Wat was de oorzaak?"), error_messages={"required": _("Schrijf op wat de oorzaak was.")}
    )
    prevention = Words(
        label=_("Wat voorkomt herhaling?"),
        error_messages={"required": _("Schrijf op wat u doet zodat het niet weer gebeurt.")},
    )
    next_update = forms.ChoiceField(
        label=_("Wanneer komt de volgende update, uiterlijk?"),
        help_text=_("Vanaf nu. Komt die later, dan ziet iedereen dat."),
        choices=promises,
        widget=InLine,
    )

    is_answer = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, incident: Incident, act: Act, seen: int, linked: int, **kwargs: Any
    ) -> None:  # as above
        initial = {
            "seen": seen,
            "state": incident.state if incident.state in act.after else "",
            "severity": incident.severity,
            "nature": incident.nature,
            "cause": incident.cause,
            "next_update": "60",
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.states = act.after or (State(incident.state),)
        choices = [(state.value, str(state.label)) for state in self.states]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]  # a choice has them
        unasked = {
            "state": len(self.states) == 1,
            "cause": not act.says_cause,
            "prevention": not act.says_prevention,
            "next_update": self.states[0] not in RUNNING,
            "is_answer": not linked,
        }
        self.fields["is_answer"].label = ngettext(
            "Zet deze tekst ook als antwoord bij de gekoppelde melding",
            "Zet deze tekst ook als antwoord bij de %(count)s gekoppelde meldingen",
            linked,
        ) % {"count": linked}
        for name in (name for name, is_unasked in unasked.items() if is_unasked):
            del self.fields[name]

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(
            text=given["text"],
            state=State(given.get("state") or self.states[0]),
            severity=Severity(given["severity"]),
            nature=Nature(given["nature"]),
            next_update=promise_of(given),
            cause=given.get("cause", ""),
            prevention=given.get("prevention", ""),
            seen=given["seen"],
            is_answer=bool(given.get("is_answer")),
        )

    def read_until(self, seen: int) -> None:
        """Whoever was second has the last update beside the form now, and keeps what he typed."""
        self.data = self.data.copy()  # type: ignore[attr-defined]  # of a request
        self.data["seen"] = str(seen)  # type: ignore[index]  # a copy can be written


def promise_of(given: dict[str, Any]) -> timedelta | None:
    minutes = given.get("next_update")
    return timedelta(minutes=int(minutes)) if minutes else None


class WhomForm(MunicipalitiesForm):
    """Which municipalities: those that one names, all in a state, or all of them."""

    is_limited = None  # type: ignore[assignment]  # so Django drops a field of its base
    whom = forms.ChoiceField(
        label=_("Welke gemeenten raakt het?"),
        choices=lambda: [
            ("kies", Option(gettext("Gemeenten die ik kies"))),
            ("staat", Option(gettext("Alle gemeenten in een staat"))),
            (
                "alle",
                Option(gettext("Alle gemeenten"), gettext("Elke omgeving die in gebruik is en die u ziet.")),
            ),
        ],
        widget=forms.RadioSelect,
        initial="kies",
    )
    statuses = forms.MultipleChoiceField(
        label=_("Staat"),
        help_text=_("Als u een staat koos."),
        choices=[(each.value, each.label) for each in Status if each != Status.BEEINDIGD],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order: Sequence[str] = ("whom", "statuses", "find", "municipalities")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        self.person = person
        self.offer(person)
        self.fields["municipalities"].help_text = _("Als u zelf kiest.")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        fields = {"kies": "municipalities", "staat": "statuses"}
        field = fields.get(given.get("whom", ""), "")
        if field and field not in self.errors and not given.get(field):
            self.add_error(field, _("Kies er minstens één."))
        return given

    def chosen(self) -> list[Municipality]:
        """Of what the person sees and what is in use."""
        given = self.cleaned_data
        rows = Municipality.objects.visible_to(self.person).serving()
        if given["whom"] == "staat":
            return list(rows.filter(status__in=given["statuses"]))
        if given["whom"] == "kies":
            return list(rows.filter(schema_name__in=given["municipalities"]))
        return list(rows)


class BeginForm(WhomForm):
    """An incident with its first update."""

    title = forms.CharField(
        label=_("Wat werkt niet?"),
        help_text=_("Eén regel die iedereen begrijpt, bijvoorbeeld “Zaken openen duurt lang”."),
        max_length=200,
    )
    component = forms.CharField(label=_("Onderdeel"), max_length=100, required=False)
    severity = SaidForm.base_fields["severity"]
    nature = SaidForm.base_fields["nature"]
    started_at = MomentField(label=_("Wanneer begon het?"), help_text=_("Zo goed als u het nu weet."))
    detected_at = MomentField(label=_("Wanneer is het ontdekt?"))
    text = SaidForm.base_fields["text"]
    state = forms.ChoiceField(
        label=_("Hoe staat het?"), choices=running_states, widget=InLine, initial=State.ONDERZOEK.value
    )
    next_update = SaidForm.base_fields["next_update"]
    field_order = (
        "title",
        "component",
        "severity",
        "nature",
        "started_at",
        "detected_at",
        "text",
        "state",
        "next_update",
        *WhomForm.field_order,
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:  # a form's own
        local = timezone.localtime(now)
        begin = {
            "started_at": local,
            "detected_at": local,
            "nature": Nature.STORING.value,
            "next_update": "60",
        }
        super().__init__(*args, initial=begin, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        began, found = given.get("started_at"), given.get("detected_at")
        if began is not None and not self.now - LONGEST_AGO <= began <= self.now:
            self.add_error("started_at", _("Kies een moment in het afgelopen jaar."))
        elif found is not None and found > self.now:
            self.add_error("detected_at", _("Kies een moment dat geweest is."))
        elif began is not None and found is not None and found < began:
            self.add_error("detected_at", _("Het is ontdekt op of na het moment dat het begon."))
        return given

    def wish(self) -> Wish:
        given = self.cleaned_data
        said = Said(
            text=given["text"],
            state=State(given["state"]),
            severity=Severity(given["severity"]),
            nature=Nature(given["nature"]),
            next_update=promise_of(given),
        )
        return Wish(
            title=given["title"],
            component=given["component"],
            started_at=given["started_at"],
            detected_at=given["detected_at"],
            said=said,
        )
