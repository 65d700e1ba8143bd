"""The answer to a report: what is said, and what becomes of the report with it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.attaching import FilesField
from helpdesk.models import AnswerDraft
from helpdesk.words import LONGEST_TEXT
from screens.forms.controls import Option


class Words(forms.CharField):
    """A few lines, or many."""

    def __init__(self, *, rows: int = 5, longest: int = LONGEST_TEXT, **given: Any) -> None:  # a field's own
        super().__init__(max_length=longest, widget=forms.Textarea({"rows": rows}), **given)


class SeenForm(forms.Form):
    """``seen`` is the last event that stood on the page: what came after it is told first."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)


class Next(StrEnum):
    """What happens to a report with an answer."""

    OURS = "wij"
    REPORTER = "melder"
    THIRD = "derde"
    WORKAROUND = "omweg"
    SOLVED = "opgelost"


class AnswerForm(SeenForm):
    """The answer and what follows from it, in one submit. ``update`` is how soon another one is owed."""

    text = Words(
        label=_("Bericht"),
        help_text=_("De melder krijgt dit per e-mail en in het portaal. Noem geen persoonsgegevens."),
        error_messages={"required": _("Schrijf een bericht.")},
    )
    next = forms.ChoiceField(label=_("Wat gebeurt er met de melding?"), widget=forms.RadioSelect)
    cause = Words(label=_("Oorzaak"), help_text=_("Bij Opgelost."), rows=2, required=False)
    solution = Words(
        label=_("Oplossing"), help_text=_("Leeg is wat in het bericht staat."), rows=2, required=False
    )
    files = FilesField()  # type: ignore[assignment]  # a field, which is no part of the class
    internal = forms.BooleanField(
        label=_("Interne notitie"),
        help_text=_("Niet zichtbaar voor de gemeente. Klokken veranderen niet."),
        required=False,
    )

    is_draft = False

    def __init__(self, *args: Any, update: str = "", is_open: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next"].choices = list(self._choices(update, is_open=is_open))  # type: ignore[attr-defined]  # a choice has them
        self.fields["next"].initial = Next.OURS

    def begin_with(self, draft: AnswerDraft | None) -> None:
        """What was kept; what can no longer happen to the report is not chosen."""
        if draft is None:
            return
        kept = {name: getattr(draft, name) for name in ("text", "cause", "solution", "internal")}
        can = {value for value, _option in self.fields["next"].choices}  # type: ignore[attr-defined]  # as above
        self.initial.update(kept, next=draft.next if draft.next in can else Next.OURS.value)

    def ask_for_nothing(self) -> None:
        """A draft need not be complete."""
        self.is_draft = True
        for field in self.fields.values():
            field.required = False

    @staticmethod
    def _choices(update: str, *, is_open: bool) -> Sequence[tuple[str, Option]]:
        again = (
            gettext("De klok voor de update begint opnieuw: %(update)s.") % {"update": update}
            if update
            else ""
        )
        stays = (Next.OURS.value, Option(gettext("Wij blijven aan zet"), again))
        if not is_open:
            return [(Next.OURS.value, Option(gettext("De melding blijft opgelost")))]
        return [
            stays,
            (
                Next.REPORTER.value,
                Option(
                    gettext("Wacht op melder"),
                    gettext("Alleen met een concrete vraag. De klok voor de oplossing staat stil."),
                ),
            ),
            (
                Next.THIRD.value,
                Option(
                    gettext("Wacht op derde"),
                    gettext("Schrijf op wie en waarop. De klok staat alleen stil als dat is afgesproken."),
                ),
            ),
            (
                Next.WORKAROUND.value,
                Option(gettext("Tijdelijke oplossing"), gettext("De melder kan voorlopig verder.")),
            ),
            (
                Next.SOLVED.value,
                Option(gettext("Opgelost"), gettext("Vul hieronder ook de oorzaak in.")),
            ),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.is_draft:
            return given
        is_solution = given.get("next") == Next.SOLVED and not given.get("internal")
        if is_solution and not given.get("cause", "").strip():
            self.add_error("cause", gettext("Schrijf op wat de oorzaak was."))
        return given
