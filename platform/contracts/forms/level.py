"""What is asked of a service level: how often it is up, and per priority how soon something is done."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.defaults import LEVELS_OF_IMPACT, MATRIX
from contracts.forms.publishing import NewForm, PublishForm
from contracts.models import Calendar, Priority, ServiceLevelVersion
from contracts.models.service_level import LAST_REPORT_DAY, USUAL_REPORT_DAY
from contracts.publishing import LevelTerms, TargetTerms
from tenants.accounts.person import Person

TIME = re.compile(r"(\d{1,3}):([0-5]\d)")
HOUR = 60
MOST_CREDITS = 6
PROMISES = ("response", "update", "workaround", "resolution")
WORDS_OF_IMPACT = {"hoog": _("Hoog"), "middel": _("Middel"), "laag": _("Laag")}
WORDS = {
    "response": _("eerste reactie"),
    "update": _("update"),
    "workaround": _("tijdelijke oplossing"),
    "resolution": _("oplossing"),
}


def shown_time(minutes: int | None) -> str:
    """As 11:00; empty where nothing is agreed."""
    return "" if minutes is None else f"{minutes // HOUR}:{minutes % HOUR:02}"


class WorkingTimeField(forms.CharField):
    """Hours and minutes, made minutes; None where it may be empty and is."""

    def clean(self, value: object) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        match = TIME.fullmatch(text.strip())
        minutes = int(match[1]) * HOUR + int(match[2]) if match else 0
        if not minutes:
            raise forms.ValidationError(gettext("Schrijf uren en minuten, zoals 0:30 of 11:00."))
        return minutes


class PercentField(forms.DecimalField):
    """With a comma or a point."""

    widget = forms.TextInput({"inputmode": "decimal"})

    def clean(self, value: object) -> Decimal:
        return super().clean(value.replace(",", ".") if isinstance(value, str) else value)


class LevelForm(PublishForm):
    availability = PercentField(
        label=_("Beschikbaarheid per maand, in procenten"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(50)), MaxValueValidator(Decimal(100))],
    )
    window = forms.ModelChoiceField(Calendar.objects.none(), label=_("Beschikbaarheid telt volgens"))
    rpo = WorkingTimeField(
        label=_("Hoogste verlies van gegevens (RPO)"), help_text=_("Uren en minuten, zoals 1:00.")
    )
    rto = WorkingTimeField(label=_("Hoogste hersteltijd na uitval (RTO)"))
    credits = forms.CharField(
        label=_("Servicecredits"),
        required=False,
        max_length=200,
        help_text=_("Op elke regel een grens en een deel van het maandbedrag, in procenten, zoals 99,5 5."),
        widget=forms.Textarea({"rows": 3}),
    )
    report_day = forms.IntegerField(
        label=_("Vanaf welke dag van de maand is er een rapport over de vorige?"),
        required=False,
        min_value=1,
        max_value=LAST_REPORT_DAY,
        help_text=_("Leeg is de derde."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        self.calendars = Calendar.objects.visible_to(person)
        window = self.fields["window"]
        if isinstance(window, forms.ModelChoiceField):
            window.queryset = self.calendars
        for priority in Priority.values:
            self._ask_of(priority)
        for impact in LEVELS_OF_IMPACT:
            for urgency in LEVELS_OF_IMPACT:
                words = {"impact": WORDS_OF_IMPACT[impact], "urgency": WORDS_OF_IMPACT[urgency]}
                self.fields[f"{impact}_{urgency}"] = forms.ChoiceField(
                    label=gettext("Impact %(impact)s, spoed %(urgency)s")
                    % {key: str(word).lower() for key, word in words.items()},
                    choices=Priority.choices,
                    initial=MATRIX[impact][urgency],
                )

    def _ask_of(self, priority: str) -> None:
        words = {"priority": priority}
        self.fields[f"{priority}_calendar"] = forms.ModelChoiceField(
            self.calendars, label=gettext("%(priority)s: kalender") % words
        )
        for promise in PROMISES:
            self.fields[f"{priority}_{promise}"] = WorkingTimeField(
                label=gettext("%(priority)s: %(promise)s")
                % {"priority": priority, "promise": WORDS[promise]},
                required=promise == "response",
            )
        self.fields[f"{priority}_reporter"] = forms.BooleanField(
            label=gettext("%(priority)s: staat stil als wij de melder iets vragen") % words,
            required=False,
            initial=True,
        )
        if priority != Priority.P1:
            self.fields[f"{priority}_third"] = forms.BooleanField(
                label=gettext("%(priority)s: staat stil als wij op een derde wachten")
                % {"priority": priority},
                required=False,
            )

    def clean_credits(self) -> list[list[Decimal]]:
        """From the highest limit down."""
        lines = [line.split() for line in self.cleaned_data["credits"].splitlines() if line.strip()]
        try:
            found = [[Decimal(each.replace(",", ".")) for each in line] for line in lines]
            fine = all(
                len(line) == 2 and all(0 < each <= 100 and each == round(each, 2) for each in line)  # noqa: PLR2004  # two, in per cent
                for line in found
            )
        except InvalidOperation:
            fine = False
        if not fine or len(found) > MOST_CREDITS:
            raise forms.ValidationError(gettext("Schrijf ten hoogste zes regels zoals 99,5 5."))
        return sorted(found, reverse=True)

    def terms(self) -> LevelTerms:
        given = self.cleaned_data
        return LevelTerms(
            availability=given["availability"],
            window=given["window"],
            rpo_minutes=given["rpo"],
            rto_minutes=given["rto"],
            matrix={
                impact: {urgency: given[f"{impact}_{urgency}"] for urgency in LEVELS_OF_IMPACT}
                for impact in LEVELS_OF_IMPACT
            },
            credits=given["credits"],
            targets=[self._target(priority) for priority in Priority.values],
            report_day=given["report_day"] or USUAL_REPORT_DAY,
        )

    def _target(self, priority: str) -> TargetTerms:
        given = self.cleaned_data
        return TargetTerms(
            priority=priority,
            calendar=given[f"{priority}_calendar"],
            pauses_for_reporter=given[f"{priority}_reporter"],
            pauses_for_third_party=given.get(f"{priority}_third", False),
            **{promise: given[f"{priority}_{promise}"] for promise in PROMISES},
        )


class NewLevelForm(NewForm, LevelForm):
    pass


def level_as_text(version: ServiceLevelVersion) -> dict[str, Any]:
    """What the form shows of a version."""
    found: dict[str, Any] = {
        "availability": version.availability,
        "window": version.window_id,
        "rpo": shown_time(version.rpo_minutes),
        "rto": shown_time(version.rto_minutes),
        "credits": "\n".join(f"{below} {part}" for below, part in version.credits),
        "report_day": version.report_day,
    }
    for impact, row in version.matrix.items():
        found |= {f"{impact}_{urgency}": priority for urgency, priority in row.items()}
    for target in version.targets.all():
        start = target.priority
        found |= {f"{start}_{promise}": shown_time(getattr(target, promise)) for promise in PROMISES}
        found |= {
            f"{start}_calendar": target.calendar_id,
            f"{start}_reporter": target.pauses_for_reporter,
            f"{start}_third": target.pauses_for_third_party,
        }
    return found
