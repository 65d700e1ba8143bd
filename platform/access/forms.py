"""What is asked, and what is answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from access.asking import LONGEST_EMERGENCY_HOURS, MOST_ZAAKTYPEN, Wish
from access.deciding import Decision
from access.models import Grant, Scope
from access.shown import SEES, level_of
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from screens.forms.controls import InLine, Option

HOURS = (1, 4, 8, 24, 72)
EMERGENCY_HOURS = (1, 2, LONGEST_EMERGENCY_HOURS)
USUAL_HOURS = 4
HOURS_OF_A_DAY = 24
USUAL_LEVEL = Vertrouwelijkheidaanduiding.ZAAKVERTROUWELIJK
UUID_IN_TEXT = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def long(hours: int) -> str:
    """1 uur, 24 uur, 3 dagen."""
    if hours > HOURS_OF_A_DAY and not hours % HOURS_OF_A_DAY:
        days = hours // HOURS_OF_A_DAY
        return ngettext("%(days)s dag", "%(days)s dagen", days) % {"days": days}
    return gettext("%(hours)s uur") % {"hours": hours}


def hours_up_to(most: int, of: Sequence[int] = HOURS) -> list[tuple[str, str]]:
    return [(str(hours), long(hours)) for hours in sorted({*of, most}) if hours <= most]


def levels_up_to(most: int) -> list[tuple[str, str]]:
    return [(str(level.value), level_of(level)) for level in Vertrouwelijkheidaanduiding if level <= most]


def scopes_of(scopes: Sequence[str]) -> list[tuple[str, Option]]:
    return [(scope.value, Option(str(scope.label), str(SEES[scope]))) for scope in Scope if scope in scopes]


@dataclass(frozen=True, slots=True)
class Zaaktypen:
    """One zaaktype with the versions of it that may be shown."""

    key: str
    name: str
    uuids: tuple[UUID, ...]


class Reason(forms.CharField):
    """One sentence or a few, that somebody else reads first."""

    def __init__(self, **kwargs: Any) -> None:  # a field's own
        super().__init__(max_length=500, widget=forms.Textarea({"rows": 3}), **kwargs)


class AskForm(forms.Form):
    """``gemeenten`` are those that the person sees, by key."""

    gemeente = forms.ChoiceField(label=_("Gemeente en omgeving"))
    ticket = forms.CharField(
        label=_("Melding"),
        help_text=_("Toegang hoort altijd bij een melding."),
        max_length=40,
        widget=forms.TextInput({"size": 12}),
    )
    reason = Reason(
        label=_("Waarom hebt u toegang nodig?"),
        help_text=_("Eén zin, zonder persoonsgegevens. De gemeente leest dit eerst."),
        error_messages={
            "required": _(
                "Schrijf op waarom u toegang nodig hebt, bijvoorbeeld “nagaan welke instelling de lege pagina"
                " geeft”."
            )
        },
    )
    scopes = forms.MultipleChoiceField(
        label=_("Wat wilt u zien?"),
        choices=lambda: scopes_of(Scope.values),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies wat u wilt zien.")},
    )
    maximum = forms.ChoiceField(
        label=_("Tot welke vertrouwelijkheid?"),
        help_text=_("Zaken die vertrouwelijker zijn, ziet u niet."),
        choices=lambda: levels_up_to(Vertrouwelijkheidaanduiding.ZEER_GEHEIM),
        initial=USUAL_LEVEL.value,
    )
    zaaktypen = forms.CharField(
        label=_("Welke zaaktypen?"),
        help_text=_("Hun adressen of UUID's, zoals zij in de melding staan. Leeg is alle."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 2}),
    )
    hours = forms.ChoiceField(
        label=_("Hoe lang?"), choices=lambda: hours_up_to(HOURS[-1]), widget=InLine, initial=str(USUAL_HOURS)
    )

    emergency = False

    def __init__(
        self, *args: Any, gemeenten: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        self.fields["gemeente"].choices = gemeenten  # type: ignore[attr-defined]  # a choice has them

    def clean_zaaktypen(self) -> tuple[UUID, ...]:
        """Only their form is looked at: whether they exist is the municipality's to know."""
        words = self.cleaned_data["zaaktypen"].split()
        found = [UUID_IN_TEXT.search(word) for word in words]
        if not all(found):
            raise forms.ValidationError(_("Geef van elk zaaktype het adres of de UUID, één op een regel."))
        if len(found) > MOST_ZAAKTYPEN:
            raise forms.ValidationError(_("Noem er hoogstens %(most)s."), params={"most": MOST_ZAAKTYPEN})
        return tuple(dict.fromkeys(UUID(match[0]) for match in found if match))

    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(
            reason=given["reason"],
            ticket=given["ticket"],
            scopes=tuple(Scope(scope) for scope in given["scopes"]),
            hours=int(given["hours"]),
            maximum=Vertrouwelijkheidaanduiding(int(given["maximum"])),
            zaaktypen=given["zaaktypen"],
            emergency=self.emergency,
        )


class EmergencyForm(AskForm):
    """In which the municipality is told afterwards, so it is short."""

    hours = forms.ChoiceField(
        label=_("Hoe lang?"),
        choices=lambda: hours_up_to(LONGEST_EMERGENCY_HOURS, EMERGENCY_HOURS),
        widget=InLine,
        initial="1",
    )
    emergency = True


class DecideForm(forms.Form):
    """Only what takes away can be chosen. ``types`` are by identificatie, with the versions of each."""

    scopes = forms.MultipleChoiceField(
        label=_("Wat staat u toe?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies wat u toestaat, of weiger de aanvraag.")},
    )
    zaaktypen = forms.MultipleChoiceField(
        label=_("Welke zaaktypen?"),
        help_text=_("Kies er geen om te geven wat is gevraagd."),
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
    )
    maximum = forms.ChoiceField(label=_("Tot welke vertrouwelijkheid?"))
    hours = forms.ChoiceField(label=_("Hoe lang?"), widget=InLine)

    def __init__(self, data: QueryDict | None, *, grant: Grant, types: Sequence[Zaaktypen]) -> None:
        initial = {
            "scopes": grant.scopes_asked,
            "maximum": str(grant.maximum_asked),
            "hours": str(min(grant.hours_asked, USUAL_HOURS)),
        }
        super().__init__(data, initial=initial)
        self.grant, self.types = grant, {each.key: each for each in types}
        choices: dict[str, Any] = {
            "scopes": scopes_of(grant.scopes_asked),
            "zaaktypen": [(each.key, each.name) for each in types],
            "maximum": levels_up_to(grant.maximum_asked),
            "hours": hours_up_to(grant.hours_asked, (1, 2, *HOURS)),
        }
        for name, among in choices.items():
            self.fields[name].choices = among  # type: ignore[attr-defined]  # a choice has them
        if not types:
            self.fields["zaaktypen"].widget = forms.MultipleHiddenInput()
        self.fields["hours"].help_text = gettext("Gevraagd: %(long)s. U kunt korter kiezen, niet langer.") % {
            "long": long(grant.hours_asked)
        }

    def decision(self) -> Decision:
        given = self.cleaned_data
        chosen = [uuid for key in given["zaaktypen"] for uuid in self.types[key].uuids]
        return Decision(
            scopes=tuple(Scope(scope) for scope in given["scopes"]),
            hours=int(given["hours"]),
            maximum=int(given["maximum"]),
            zaaktypen=tuple(chosen or self.grant.zaaktypen_asked),
        )


class RefuseForm(forms.Form):
    reason = Reason(
        label=_("Waarom weigert u?"),
        help_text=_("De aanvrager leest dit, en het staat in het logboek."),
        error_messages={"required": _("Geef een reden op: de aanvrager leest hem.")},
    )


class StopForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom stopt u? Dit mag leeg blijven."),
        help_text=_("De aanvrager leest dit, en het staat in het logboek."),
        max_length=200,
        required=False,
    )


class AccountForm(forms.Form):
    words = forms.CharField(
        label=_("Wat was er, en wat hebt u gedaan?"),
        help_text=_("Zonder persoonsgegevens. De gemeente gaat akkoord of betwist dit."),
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Schrijf op wat er was en wat u deed.")},
    )


class JudgeForm(forms.Form):
    judgement = forms.ChoiceField(
        label=_("Wat vindt u van de verantwoording?"),
        widget=forms.RadioSelect,
        choices=lambda: [
            (
                "agree",
                Option(gettext("Akkoord"), gettext("De noodtoegang was nodig en ging zoals is beschreven.")),
            ),
            ("dispute", Option(gettext("Betwist"), gettext("Schrijf hieronder op wat niet klopt."))),
        ],
    )
    words = Reason(label=_("Toelichting"), required=False, help_text=_("Nodig als u betwist."))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("judgement") == "dispute" and not given.get("words", "").strip():
            self.add_error("words", gettext("Schrijf op wat u betwist."))
        return given


class EmergenciesForm(forms.Form):
    """``before`` is what the person saw."""

    after = forms.ChoiceField(
        label=_("Mag de leverancier in nood naar binnen zonder eerst te vragen?"),
        widget=forms.RadioSelect,
        choices=lambda: [
            ("nee", Option(gettext("Nee"), gettext("Elke toegang vraagt eerst uw goedkeuring."))),
            (
                "ja",
                Option(
                    gettext("Ja"),
                    gettext(
                        "Twee mensen van de leverancier samen, hoogstens 4 uur. U krijgt meteen bericht,"
                        " kunt het stoppen en krijgt een verantwoording."
                    ),
                ),
            ),
        ],
    )
    before = forms.ChoiceField(choices=[("nee", ""), ("ja", "")], widget=forms.HiddenInput)
