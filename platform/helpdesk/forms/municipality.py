"""What people of a municipality fill in about their reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helpdesk.attaching import FilesField
from helpdesk.words import LONGEST_SUBJECT, LONGEST_TEXT, Kind, Weight
from screens.forms.controls import InLine, Option

Words = str | Promise

KINDS: Mapping[Kind, tuple[Words, Words]] = {
    Kind.STORING: (_("Iets werkt niet"), _("Het deed het eerst wel, of het doet iets anders dan het moet.")),
    Kind.VRAAG: (_("Ik heb een vraag"), _("U wilt weten hoe iets werkt of waarom iets zo is.")),
    Kind.WENS: (_("Ik heb een wens"), _("U wilt iets kunnen wat nu niet kan.")),
    Kind.WIJZIGING: (_("Er moet iets worden ingesteld"), _("Iets wat alleen de leverancier kan aanpassen.")),
    Kind.BEVEILIGING: (_("Er is iets niet veilig"), _("U vermoedt een zwakke plek of misbruik.")),
    Kind.DATALEK: (
        _("Er is misschien een datalek"),
        _("Persoonsgegevens zijn kwijt, of iemand zag ze die dat niet mocht."),
    ),
}
IMPACTS: Mapping[Weight, tuple[Words, Words]] = {
    Weight.HOOG: (
        _("Iedereen, of een heel team"),
        _("Werk ligt stil, of er gaat iets mis met gegevens."),
    ),
    Weight.MIDDEL: (_("Een deel van het werk"), _("Een team kan iets niet, de rest gaat door.")),
    Weight.LAAG: (_("Eén of twee mensen"), _("Het werk gaat door.")),
}
URGENCIES: Mapping[Weight, tuple[Words, Words]] = {
    Weight.HOOG: (_("Het kan niet wachten"), _("Er is geen andere manier om het werk te doen.")),
    Weight.MIDDEL: (_("Het kan even wachten"), _("Er is een omweg, maar die kost tijd.")),
    Weight.LAAG: (_("Het kan wachten"), _("Niemand wordt erdoor opgehouden.")),
}
MARKS: Mapping[int, Words] = {
    5: _("5, heel goed"),
    4: _("4, goed"),
    3: _("3, gaat wel"),
    2: _("2, slecht"),
    1: _("1, heel slecht"),
}


def options(words: Mapping[Any, tuple[Words, Words]]) -> list[tuple[str, Option]]:
    return [(key.value, Option(str(word), str(more))) for key, (word, more) in words.items()]


class Message(forms.CharField):
    """What somebody writes to the other side."""

    def __init__(self, *, rows: int = 6, **given: Any) -> None:  # a field's own
        super().__init__(max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": rows}), **given)


class OnceForm(forms.Form):
    """One that is sent twice does nothing the second time: ``once`` is of the page on which it was."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    @property
    def key(self) -> UUID:
        return self.cleaned_data["once"] or uuid4()


class SeenForm(OnceForm):
    """About a report that is there: ``seen`` is the last that whoever fills it in could read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReportForm(OnceForm):
    kind = forms.ChoiceField(
        label=_("Wat wilt u melden?"),
        choices=lambda: options(KINDS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u wilt melden.")},
    )
    subject = forms.CharField(
        label=_("Waar gaat het over?"),
        help_text=_("In één regel, bijvoorbeeld “Zaken van één zaaktype kunnen niet worden afgesloten”."),
        max_length=LONGEST_SUBJECT,
        error_messages={"required": _("Schrijf in één regel waar het over gaat.")},
    )
    text = Message(
        label=_("Wat gebeurt er?"),
        help_text=_(
            "Wat deed u, wat zag u en wat had u verwacht? Een zaaknummer helpt."
            " Noem geen namen of burgerservicenummers."
        ),
        error_messages={"required": _("Schrijf op wat er gebeurt.")},
    )
    component = forms.CharField(
        label=_("Bij welk onderdeel?"),
        help_text=_("Dit mag leeg blijven. Bijvoorbeeld: zaken afsluiten, zaaktypen, inloggen."),
        max_length=100,
        required=False,
    )
    impact = forms.ChoiceField(
        label=_("Wie heeft er last van?"),
        choices=lambda: options(IMPACTS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wie er last van heeft.")},
    )
    urgency = forms.ChoiceField(
        label=_("Hoe lang kan het wachten?"),
        choices=lambda: options(URGENCIES),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe lang het kan wachten.")},
    )
    files = FilesField()  # type: ignore[assignment]  # a field, which Django takes out of the class


class ReplyForm(SeenForm):
    text = Message(
        label=_("Uw bericht"),
        help_text=_("De leverancier leest dit. Noem geen namen of burgerservicenummers."),
        error_messages={"required": _("Schrijf uw bericht.")},
    )
    files = FilesField()  # type: ignore[assignment]  # a field, which Django takes out of the class


class DisputeForm(SeenForm):
    text = Message(
        label=_("Wat is er nog niet opgelost?"),
        help_text=_("De melding gaat verder waar zij was, met dezelfde klok."),
        rows=4,
        error_messages={"required": _("Schrijf in een zin op wat er nog niet is opgelost.")},
    )
    files = FilesField()  # type: ignore[assignment]  # a field, which Django takes out of the class


class WithdrawForm(SeenForm):
    text = Message(
        label=_("Waarom trekt u de melding in?"),
        help_text=_("De leverancier leest dit."),
        rows=3,
        error_messages={"required": _("Schrijf op waarom de melding vervalt.")},
    )


class RateForm(OnceForm):
    mark = forms.TypedChoiceField(
        label=_("Hoe bent u geholpen?"),
        choices=lambda: [(str(mark), str(words)) for mark, words in MARKS.items()],
        widget=InLine,
        coerce=int,
        error_messages={"required": _("Kies een cijfer.")},
    )
