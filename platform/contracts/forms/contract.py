"""What is asked of a contract while it is drawn up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.annex_files import MAX_BYTES
from contracts.annexes import AnnexTerms
from contracts.contract_tables import level_name
from contracts.drafting import Coverage, LineTerms, Terms, complaints_of_days
from contracts.euro_texts import text_of_cents
from contracts.forms.level import PercentField
from contracts.forms.price_list import CountField, EuroField
from contracts.models import (
    AnnexKind,
    BreakGlass,
    ContractLine,
    ContractVersion,
    CostKind,
    Line,
    Per,
    Renewal,
    ServiceLevel,
    ServiceLevelVersion,
)
from contracts.models.agreed import MOST_OF_ONE
from contracts.models.contract_version import HIGHEST_INDEX, MOST_NOTICE_MONTHS
from screens.forms.controls import InLine
from tenants.accounts.person import Person
from tenants.registry.models import Municipality, Organisation

MOST_COMPONENTS = 30
LONGEST_COMPONENT = 100
INDEXATION = ("indexation_from", "indexation_cap", "indexation_by_clause")
"""What says more of a clause."""
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class LevelField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in its stubs alone
    """Each by its name and version."""

    def label_from_instance(self, version: ServiceLevelVersion) -> str:
        return level_name(version)


class TermsForm(forms.Form):
    """What a version says of itself."""

    service_level_version = LevelField(
        ServiceLevelVersion.objects.none(),
        label=_("Serviceniveau"),
        empty_label=_("Kies een serviceniveau"),
        error_messages={"required": _("Kies een serviceniveau.")},
    )
    start = forms.DateField(label=_("Geldt vanaf"), widget=DAY)
    end = forms.DateField(label=_("Tot en met"), widget=DAY)
    renewal = forms.ChoiceField(label=_("Na de einddatum"), choices=Renewal.choices, widget=InLine)
    notice_months = forms.IntegerField(
        label=_("Opzegtermijn in maanden"),
        min_value=0,
        max_value=MOST_NOTICE_MONTHS,
        help_text=_("Alleen nodig als het contract zich verlengt."),
    )
    indexation = forms.CharField(
        label=_("Indexering"),
        required=False,
        max_length=300,
        help_text=_("Bijvoorbeeld: jaarlijks volgens de dienstenprijsindex van het CBS."),
    )
    indexation_from = forms.DateField(label=_("Eerste indexering"), required=False, widget=DAY)
    indexation_cap = PercentField(
        label=_("Indexering ten hoogste, in procenten per jaar"),
        required=False,
        max_digits=5,
        decimal_places=2,
        min_value=0,
        max_value=HIGHEST_INDEX,
        help_text=_("Leeg is zonder grens."),
    )
    indexation_by_clause = forms.BooleanField(
        label=_("Indexering geldt zonder nieuwe handtekening van de gemeente"),
        required=False,
        help_text=_("De leverancier kondigt haar dertig dagen vooraf aan, en tekent zelf."),
    )
    kvk = forms.CharField(
        label=_("KvK-nummer van de gemeente"),
        required=False,
        validators=[RegexValidator(r"^\d{8}$", _("Een KvK-nummer heeft acht cijfers."))],
        widget=forms.TextInput({"size": 10, "inputmode": "numeric"}),
    )
    purchase_order = forms.CharField(label=_("Inkoopnummer"), required=False, max_length=60)
    cost_centre = forms.CharField(label=_("Kostenplaats"), required=False, max_length=40)
    callers = forms.CharField(
        label=_("Wie mag melden"),
        required=False,
        max_length=2000,
        help_text=_("Op elke regel een naam of functie. Leeg is iedereen met een account."),
        widget=forms.Textarea({"rows": 3}),
    )
    escalation = forms.CharField(
        label=_("Escalatie"),
        required=False,
        max_length=2000,
        help_text=_("Op elke regel wie te bellen, in volgorde."),
        widget=forms.Textarea({"rows": 3}),
    )
    security_contact = forms.CharField(label=_("Contact voor beveiliging"), required=False, max_length=254)
    break_glass = forms.ChoiceField(
        label=_("Noodtoegang van de leverancier"), choices=BreakGlass.choices, widget=forms.RadioSelect
    )
    overdraft = forms.BooleanField(
        label=_("Er mogen meer uren worden geboekt dan er zijn gekocht"), required=False
    )
    reason = forms.CharField(
        label=_("Waarom deze versie?"),
        max_length=500,
        help_text=_("De gemeente leest dit bij de versie."),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(
        self, *args: Any, levels: Sequence[ServiceLevelVersion], **kwargs: Any
    ) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        field = self.fields["service_level_version"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = ServiceLevelVersion.objects.filter(
                pk__in=[each.pk for each in levels]
            ).select_related("level")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        start, end = given.get("start"), given.get("end")
        if start and end:
            for field, why in complaints_of_days(start, end, timezone.localdate()).items():
                self.add_error(field, why)
        if any(given.get(name) for name in INDEXATION) and not given.get("indexation"):
            self.add_error("indexation", gettext("Schrijf op hoe het bedrag verandert."))
        return given

    def terms(self) -> Terms:
        given = self.cleaned_data
        return Terms(**{name: given[name] for name in Terms.__dataclass_fields__})


class NewContractForm(TermsForm):
    """The same, and for whom."""

    gemeente = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("Voor welke gemeente?"),
        empty_label=_("Kies een gemeente"),
        error_messages={"required": _("Kies een gemeente.")},
    )
    field_order = ("gemeente",)

    def __init__(self, *args: Any, gemeenten: QuerySet[Municipality], **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        field = self.fields["gemeente"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = gemeenten
        if not self.initial.get("reason"):
            self.initial["reason"] = gettext("Eerste contract")


def terms_as_text(version: ContractVersion) -> dict[str, Any]:
    """What the form shows of a version."""
    found = {name: getattr(version, name) for name in Terms.__dataclass_fields__}
    return {
        **found,
        "service_level_version": version.service_level_version_id,
        "kvk": version.contract.client_kvk,
    }


def terms_to_begin_with(today: date) -> dict[str, Any]:
    """A year from the first of next month on."""
    first = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    return {
        "start": first,
        "end": date(first.year + 1, first.month, 1) - timedelta(days=1),
        "renewal": Renewal.YEARLY,
        "notice_months": 3,
        "break_glass": BreakGlass.NONE,
    }


class CoverageForm(forms.Form):
    """Which environments, which parts of it, and who does which line."""

    environments = forms.ModelMultipleChoiceField(
        Municipality.objects.none(),
        label=_("Voor welke omgevingen?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies ten minste één omgeving.")},
    )
    components = forms.CharField(
        label=_("Voor welke onderdelen?"),
        required=False,
        max_length=2000,
        help_text=_("Op elke regel een onderdeel, zoals Zaken of Documenten. Leeg is alles."),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        environments: QuerySet[Municipality],
        parties: Sequence[Organisation],
        third_lines: Sequence[Organisation],
        **kwargs: Any,
    ) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        others = [each for each in third_lines if each not in parties]
        self.parties = {str(each.pk): each for each in [*parties, *others]}
        field = self.fields["environments"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = environments
            field.label_from_instance = environment_name  # type: ignore[method-assign, assignment]  # as Django documents it
        choices = [("", gettext("Niemand")), *((str(each.pk), each.name) for each in parties)]
        for line in Line:
            also = [(str(each.pk), each.name) for each in others] if line is Line.THIRD else []
            self.fields[line.value] = forms.ChoiceField(
                label=gettext("%(line)s: wie?") % {"line": line.label},
                choices=[*choices, *also],
                required=False,
            )

    def clean_components(self) -> list[str]:
        found = [each.strip() for each in self.cleaned_data["components"].splitlines() if each.strip()]
        if len(found) > MOST_COMPONENTS or any(len(each) > LONGEST_COMPONENT for each in found):
            raise forms.ValidationError(gettext("Ten hoogste dertig onderdelen, elk van honderd tekens."))
        return found

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and not any(given.get(line.value) for line in Line):
            self.add_error(Line.HOSTING.value, gettext("Kies voor ten minste één lijn wie haar doet."))
        return given

    def coverage(self) -> Coverage:
        given = self.cleaned_data
        return Coverage(
            municipalities=list(given["environments"]),
            parties={line: self.parties[given[line.value]] for line in Line if given[line.value]},
            components=given["components"],
        )


def environment_name(municipality: Municipality) -> str:
    return f"{municipality.naam} ({str(municipality.get_environment_display()).lower()})"


def coverage_as_text(version: ContractVersion) -> dict[str, Any]:
    covers = list(version.covers.all())
    return {
        "environments": [each.municipality_id for each in covers],
        "components": "\n".join(covers[0].components) if covers else "",
        **{each.line: str(each.organisation_id) for each in version.parties.all()},
    }


class LineForm(forms.Form):
    """One line of prices."""

    label = forms.CharField(label=_("Omschrijving"), max_length=200)
    kind = forms.ChoiceField(label=_("Soort"), choices=CostKind.choices)
    quantity = CountField(label=_("Aantal"), most=MOST_OF_ONE, required=True)
    unit = forms.CharField(
        label=_("Eenheid"), required=False, max_length=60, help_text=_("Zoals uur, jaar of 100 GB.")
    )
    price = EuroField(label=_("Prijs per eenheid, zonder btw"))
    per = forms.ChoiceField(label=_("Wordt berekend"), choices=Per.choices, widget=InLine)

    def clean_quantity(self) -> int:
        given: int = self.cleaned_data["quantity"]
        if given < 1:
            raise forms.ValidationError(gettext("Vul een aantal vanaf 1 in."))
        return given

    def clean_price(self) -> int:
        given: int | None = self.cleaned_data["price"]
        if given is None:
            raise forms.ValidationError(gettext("Vul een bedrag in, zoals 1.250,00. Niets kost 0,00."))
        return given

    def terms(self) -> LineTerms:
        given = self.cleaned_data
        return LineTerms(
            kind=given["kind"],
            label=given["label"].strip(),
            quantity=given["quantity"],
            unit=given["unit"].strip(),
            unit_cents=given["price"],
            per=given["per"],
        )


def line_as_text(line: ContractLine) -> dict[str, Any]:
    return {
        "label": line.label,
        "kind": line.kind,
        "quantity": line.quantity,
        "unit": line.unit,
        "price": text_of_cents(line.unit_cents),
        "per": line.per,
    }


class PdfField(forms.FileField):
    """A PDF of at most 25 MB, as bytes."""

    widget = forms.FileInput({"accept": "application/pdf"})

    def __init__(self, **kwargs: Any) -> None:  # a field's own
        super().__init__(help_text=_("Een pdf van ten hoogste 25 MB."), allow_empty_file=False, **kwargs)

    def clean(self, value: object, initial: object = None) -> bytes:
        file: UploadedFile | None = super().clean(value, initial)
        if file is None:
            return b""
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(gettext("De pdf is groter dan 25 MB. Maak hem kleiner."))
        raw: bytes = file.read()
        if not raw.startswith(b"%PDF-"):
            raise forms.ValidationError(gettext("Dit is geen pdf. Bewaar het document als pdf en kies dat."))
        return raw


class AnnexForm(forms.Form):
    """One of the file and the reference."""

    kind = forms.ChoiceField(label=_("Soort"), choices=AnnexKind.choices)
    name = forms.CharField(label=_("Naam"), max_length=200)
    document_version = forms.CharField(
        label=_("Versie"),
        max_length=40,
        widget=forms.TextInput({"size": 10}),
        help_text=_("Zoals 2.1 of 2023."),
    )
    valid_from = forms.DateField(label=_("Geldig vanaf"), widget=DAY)
    file = PdfField(label=_("Het document"), required=False)
    reference = forms.CharField(
        label=_("Of waar het te vinden is"),
        required=False,
        max_length=500,
        help_text=_("Voor een document dat u niet hier bewaart, zoals een publicatie met haar adres."),
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and bool(given.get("file")) == bool(given.get("reference", "").strip()):
            self.add_error("file", gettext("Kies een pdf, of schrijf op waar het document is. Niet allebei."))
        return given

    def terms(self) -> AnnexTerms:
        given = self.cleaned_data
        return AnnexTerms(
            kind=given["kind"],
            name=given["name"],
            document_version=given["document_version"],
            valid_from=given["valid_from"],
            raw=given["file"] or b"",
            reference=given["reference"],
        )


def levels_of(person: Person, besides: ContractVersion | None = None) -> list[ServiceLevelVersion]:
    """Of each level its last version, and what the contract names already."""
    own = ServiceLevelVersion.objects.filter(level__in=ServiceLevel.objects.visible_to(person))
    last = list(own.order_by("level_id", "-number").distinct("level_id"))
    return [*last, *([besides.service_level_version] if besides is not None else [])]
