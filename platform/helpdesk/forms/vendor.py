"""What somebody of the vendor does with a report, apart from answering it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.models import Priority
from helpdesk.acting import Fix, Report
from helpdesk.forms.answer import SeenForm, Words
from helpdesk.words import (
    LONGEST_REASON,
    LONGEST_SUBJECT,
    Channel,
    Kind,
    SupportLine,
    Weight,
)
from screens.forms.controls import InLine, Option


class ReportForm(forms.Form):
    """A report that somebody of the vendor makes; ``gemeenten`` are those that he sees, by key."""

    gemeente = forms.ChoiceField(label=_("Gemeente en omgeving"))
    begins = forms.ChoiceField(
        label=_("Wie meldt dit?"),
        widget=forms.RadioSelect,
        choices=lambda: [
            (
                "gemeente",
                Option(
                    gettext("Iemand van de gemeente"),
                    gettext("Vul hieronder in wie. Alle klokken lopen."),
                ),
            ),
            (
                "wij",
                Option(gettext("Wij zelf"), gettext("Er is geen klok voor de eerste reactie.")),
            ),
        ],
        initial="gemeente",
    )
    reporter_name = forms.CharField(label=_("Naam van de melder"), max_length=200, required=False)
    reporter_email = forms.EmailField(
        label=_("E-mailadres van de melder"),
        help_text=_("Hierheen gaan onze antwoorden."),
        required=False,
        max_length=254,
    )
    channel = forms.ChoiceField(
        label=_("Hoe kwam de melding?"),
        choices=[(each.value, each.label) for each in (Channel.TELEFOON, Channel.MAIL, Channel.INTERN)],
        widget=InLine,
        initial=Channel.TELEFOON,
    )
    kind = forms.ChoiceField(label=_("Soort"), choices=Kind.choices)
    subject = forms.CharField(
        label=_("Onderwerp"),
        max_length=LONGEST_SUBJECT,
        error_messages={"required": _("Geef de melding een onderwerp.")},
    )
    text = Words(
        label=_("Wat is er aan de hand?"),
        help_text=_("De gemeente leest dit. Noem geen persoonsgegevens."),
        error_messages={"required": _("Schrijf op wat er aan de hand is.")},
    )
    component = forms.CharField(label=_("Onderdeel"), max_length=100, required=False)
    impact = forms.ChoiceField(
        label=_("Impact"),
        help_text=_("Hoeveel mensen of zaken heeft dit last van?"),
        choices=Weight.choices,
        widget=InLine,
        initial=Weight.MIDDEL,
    )
    urgency = forms.ChoiceField(
        label=_("Spoed"),
        help_text=_("Hoe lang kan het wachten?"),
        choices=Weight.choices,
        widget=InLine,
        initial=Weight.MIDDEL,
    )

    def __init__(
        self, *args: Any, gemeenten: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        self.fields["gemeente"].choices = gemeenten  # type: ignore[attr-defined]  # a choice has them

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("begins") == "gemeente" and not given.get("reporter_name", "").strip():
            self.add_error("reporter_name", gettext("Vul in wie dit meldt."))
        return given

    def report(self) -> Report:
        given = self.cleaned_data
        is_ours = given["begins"] == "wij"
        return Report(
            subject=given["subject"],
            text=given["text"],
            kind=Kind(given["kind"]),
            impact=Weight(given["impact"]),
            urgency=Weight(given["urgency"]),
            channel=Channel.INTERN if is_ours else Channel(given["channel"]),
            component=given["component"],
            reporter_name="" if is_ours else given["reporter_name"],
            reporter_email="" if is_ours else given["reporter_email"],
        )


class HandOverForm(SeenForm):
    """``organisations`` and ``people`` are those that may have it, by key."""

    line = forms.ChoiceField(label=_("Welke lijn?"), choices=SupportLine.choices, widget=InLine)
    organisation = forms.ChoiceField(label=_("Organisatie"))
    person = forms.ChoiceField(
        label=_("Collega"), help_text=_("Leeg: wie van die lijn haar oppakt."), required=False
    )
    text = Words(
        label=_("Wat moet de volgende weten?"),
        help_text=_("Een interne notitie. Zo hoeft de melder niets te herhalen."),
        error_messages={"required": _("Schrijf op wat de volgende moet weten.")},
    )

    def __init__(
        self,
        *args: Any,
        organisations: Sequence[tuple[str, str]],
        people: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]  # a choice has them
        self.fields["person"].choices = [("", gettext("Niemand in het bijzonder")), *people]  # type: ignore[attr-defined]


class PriorityForm(SeenForm):
    priority = forms.ChoiceField(label=_("Prioriteit"), choices=Priority.choices, widget=InLine)
    reason = Words(
        label=_("Waarom?"),
        help_text=_("De gemeente leest dit."),
        rows=3,
        longest=LONGEST_REASON,
        error_messages={"required": _("Schrijf op waarom. De gemeente leest dit.")},
    )


class MergeForm(SeenForm):
    other = forms.IntegerField(
        label=_("Met welke melding?"),
        help_text=_("Het nummer. De oudste van de twee gaat verder, met haar klokken."),
        min_value=1,
        max_value=2**63 - 1,
        widget=forms.TextInput({"size": 10, "inputmode": "numeric"}),
    )


class PlanForm(SeenForm):
    moment = forms.DateTimeField(
        label=_("Wanneer?"),
        help_text=_("Volgens de klok in Europees Nederland. Leeg als het in een release komt."),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    label = forms.CharField(
        label=_("In welke release?"), max_length=100, required=False, help_text=_("Zoals release 2026.12.")
    )
    text = Words(
        label=_("Bericht"),
        help_text=_("De melder krijgt dit. De klokken lopen door."),
        rows=3,
        error_messages={"required": _("Schrijf de melder wat er gepland is.")},
    )


class ResumeForm(SeenForm):
    text = Words(label=_("Toelichting"), help_text=_("De melder leest dit."), rows=3, required=False)


class DetailsForm(SeenForm):
    kind = forms.ChoiceField(label=_("Soort"), choices=Kind.choices)
    component = forms.CharField(label=_("Onderdeel"), max_length=100, required=False)
    contains_personal_data = forms.BooleanField(
        label=_("Er staan persoonsgegevens in deze melding"), required=False
    )


class LinkForm(SeenForm):
    """``grants`` are what this gemeente was asked, ``incidents`` what concerns it; by key."""

    issue = forms.CharField(
        label=_("Openbaar issue"),
        help_text=_("Een adres dat iedereen kan openen. De gemeente ziet het."),
        max_length=500,
        required=False,
        widget=forms.URLInput,
    )
    grant = forms.ChoiceField(label=_("Toegang"), required=False)
    incident = forms.ChoiceField(label=_("Storing"), required=False)

    def __init__(
        self,
        *args: Any,
        grants: Sequence[tuple[str, str]],
        incidents: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        self.fields["incident"].choices = [("", gettext("Geen")), *incidents]  # type: ignore[attr-defined]  # a choice has them
        self.fields["grant"].choices = [("", gettext("Geen")), *grants]  # type: ignore[attr-defined]  # a choice has them


class CorrectForm(SeenForm):
    """``waits`` are those that stand, by key."""

    wrong = forms.ChoiceField(
        label=_("Welke pauze was er geen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een pauze.")},
    )
    reason = Words(
        label=_("Waarom was dit geen pauze?"),
        help_text=_("De gemeente leest dit. Wat er stond, blijft staan."),
        rows=3,
        longest=LONGEST_REASON,
        error_messages={"required": _("Schrijf op waarom dit geen pauze was.")},
    )

    def __init__(self, *args: Any, waits: Sequence[tuple[str, Option]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wrong"].choices = waits  # type: ignore[attr-defined]  # a choice has them


class HotfixForm(SeenForm):
    severity = forms.ChoiceField(label=_("Hoe ernstig?"), choices=Weight.choices, widget=InLine)
    reason = Words(
        label=_("Waarom kan dit niet wachten op een release?"),
        help_text=_("De gemeente leest dit."),
        rows=3,
        longest=LONGEST_REASON,
    )
    tested_on = Words(label=_("Waar is het getest?"), rows=2, longest=LONGEST_REASON)
    rollback = Words(label=_("Hoe gaat het terug?"), rows=2, longest=LONGEST_REASON)
    upstream = forms.CharField(
        label=_("Waar komt het terug in het product?"),
        help_text=_("Het adres van de wijziging, voor iedereen te openen."),
        max_length=500,
        required=False,
        widget=forms.URLInput,
    )

    def fix(self) -> Fix:
        given = self.cleaned_data
        return Fix(
            severity=Weight(given["severity"]),
            reason=given["reason"],
            tested_on=given["tested_on"],
            rollback=given["rollback"],
            upstream=given["upstream"],
        )


class OnBehalfForm(SeenForm):
    """What the reporter said by another way; ``acts`` are what the state lets him do."""

    what = forms.ChoiceField(label=_("Wat zei de melder?"), widget=forms.RadioSelect)
    channel = forms.ChoiceField(
        label=_("Hoe?"),
        choices=[(each.value, each.label) for each in (Channel.TELEFOON, Channel.MAIL)],
        widget=InLine,
        initial=Channel.TELEFOON,
    )
    text = Words(
        label=_("In de woorden van de melder"),
        error_messages={"required": _("Schrijf op wat de melder zei.")},
    )

    def __init__(self, *args: Any, acts: Sequence[tuple[str, Option]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = acts  # type: ignore[attr-defined]  # a choice has them


class CloseForm(SeenForm):
    text = Words(
        label=_("Waarom sluit u?"),
        help_text=_("De melder krijgt dit."),
        rows=3,
        error_messages={"required": _("Schrijf de melder waarom u sluit.")},
    )
