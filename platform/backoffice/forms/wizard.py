"""The four questions with which a municipality is brought aboard."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from zipfile import is_zipfile

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from api.catalogi.exchange.reading import MAX_BYTES, read_archive
from api.pipeline.words.refusals import Refusal
from backoffice.bringing import already_here, hosts_in, name_of, running_for, schema_for
from screens.formats import size
from screens.forms.controls import Option
from tenants.jobs.models import Job
from tenants.onboarding.asking import LONGEST_NAME, Catalogue
from tenants.onboarding.hosts import leads_somewhere, refused_host
from tenants.registry.gemeenten import gemeente, gemeenten_named
from tenants.registry.models import Municipality

Environment = Municipality.Environment
MOST_HOSTS = 10


def environments() -> list[tuple[str, Option]]:
    return [
        (Environment.PRODUCTIE, Option(gettext("Productie"), gettext("Met echte zaken."))),
        (
            Environment.ACCEPTATIE,
            Option(gettext("Acceptatie"), gettext("Om een nieuwe versie of koppeling te proberen.")),
        ),
        (
            Environment.OEFENOMGEVING,
            Option(gettext("Oefenomgeving"), gettext("Om te leren, zonder echte zaken.")),
        ),
        (
            Environment.SANDBOX,
            Option(gettext("Sandbox"), gettext("Voor ontwikkelaars; een gemeente mag er meer hebben.")),
        ),
    ]


def catalogues() -> list[tuple[str, Option]]:
    return [
        (
            Catalogue.NONE,
            Option(gettext("Geen"), gettext("De gemeente maakt of importeert haar catalogus zelf.")),
        ),
        (
            Catalogue.DEMO,
            Option(gettext("Vijf voorbeelden"), gettext("De vijf zaaktypen van de demonstratie.")),
        ),
        (Catalogue.ZIP, Option(gettext("Een zip"), gettext("Een catalogus die elders is geëxporteerd."))),
    ]


class GemeenteForm(forms.Form):
    """A gemeente of the national list, or the name of a samenwerkingsverband, which has no code."""

    cbs_code = forms.ChoiceField(
        label=_("Gemeente"), required=False, help_text=_("Uit de landelijke lijst van het CBS.")
    )
    naam = forms.CharField(
        label=_("Of een samenwerkingsverband"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Alleen als het geen gemeente is: een gemeenschappelijke regeling of fusieorganisatie."),
    )
    environment = forms.ChoiceField(
        label=_("Welke omgeving?"),
        widget=forms.RadioSelect,
        initial=Environment.PRODUCTIE,
        choices=environments,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        code = self.fields["cbs_code"]
        if isinstance(code, forms.ChoiceField):
            code.choices = [
                ("", gettext("Kies een gemeente")),
                *((each.cbs_code, f"{each.naam} ({each.provincie})") for each in gemeenten_named()),
            ]

    running: Job | None = None
    """That brings it aboard already."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        code, naam = given.get("cbs_code", ""), given.get("naam", "")
        if bool(code) == bool(naam):
            self.add_error(
                "cbs_code",
                gettext("Kies een gemeente, of schrijf de naam van een samenwerkingsverband op.")
                if not code
                else gettext("Kies een gemeente of een samenwerkingsverband, niet allebei."),
            )
        elif "environment" in given:
            self._refuse_known(code, name_of(code) or naam, given["environment"])
        return given

    def _refuse_known(self, code: str, naam: str, environment: str) -> None:
        self.running = running_for(code, naam, environment)
        if self.running is not None:
            sentence = gettext("Deze omgeving wordt al ingericht, gevraagd door %(who)s.")
            self.add_error("environment", sentence % {"who": self.running.asked_by})
            return
        known = already_here(code, naam, environment)
        if known is not None:
            self.add_error(
                "environment",
                gettext("%(naam)s heeft deze omgeving al, met staat %(state)s.")
                % {"naam": naam, "state": known.get_status_display().lower()},
            )

    def answers(self) -> dict[str, Any]:
        code, environment = self.cleaned_data["cbs_code"], self.cleaned_data["environment"]
        naam = name_of(code) or self.cleaned_data["naam"]
        return {
            "cbs_code": code,
            "naam": naam,
            "environment": environment,
            "schema": schema_for(naam, environment, code),
        }

    @staticmethod
    def initial_of(answers: Mapping[str, Any]) -> dict[str, Any]:
        known = gemeente(answers["cbs_code"]) is not None
        return {**answers, "naam": "" if known else answers["naam"]}


class HostsForm(forms.Form):
    """The first is the one that links name; whoever has the certificate for them is the operator."""

    primary = forms.CharField(
        label=_("Hoofdadres"),
        max_length=253,
        help_text=_("Zonder https:// en zonder poort. Verwijzingen in de API's noemen dit adres."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    aliases = forms.CharField(
        label=_("Andere adressen"),
        required=False,
        max_length=3000,
        help_text=_("Waarop de gemeente ook antwoordt, één per regel. Mag leeg blijven."),
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, schema: str, **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        self.schema = schema

    def clean_primary(self) -> str:
        host: str = self.cleaned_data["primary"].lower()
        self._refuse(host)
        return host

    def clean_aliases(self) -> list[str]:
        hosts = list(hosts_in(self.cleaned_data["aliases"]))
        if len(hosts) >= MOST_HOSTS:
            raise forms.ValidationError(_("Ten hoogste %(most)s adressen."), params={"most": MOST_HOSTS})
        for host in hosts:
            self._refuse(host)
        return hosts

    def _refuse(self, host: str) -> None:
        if why := refused_host(host, schema=self.schema):
            raise forms.ValidationError(why)

    def answers(self) -> dict[str, Any]:
        hosts = list(dict.fromkeys([self.cleaned_data["primary"], *self.cleaned_data["aliases"]]))
        return {"hosts": hosts, "unknown": unknown(hosts)}

    @staticmethod
    def initial_of(answers: Mapping[str, Any]) -> dict[str, Any]:
        primary, *aliases = answers["hosts"]
        return {"primary": primary, "aliases": "\n".join(aliases)}


def unknown(hosts: list[str]) -> list[str]:
    """Those that the name service does not know yet; they are asked for at once, so the slowest counts."""
    with ThreadPoolExecutor(len(hosts)) as pool:
        found = list(pool.map(leads_somewhere, hosts))
    return [host for host, leads in zip(hosts, found, strict=True) if leads is False]


class CatalogueForm(forms.Form):
    catalogue = forms.ChoiceField(
        label=_("Met welke zaaktypen begint de gemeente?"),
        widget=forms.RadioSelect,
        initial=Catalogue.NONE,
        choices=catalogues,
    )
    archive = forms.FileField(
        label=_("Zip met een catalogus"),
        required=False,
        allow_empty_file=False,
        widget=forms.FileInput({"data-only-with": f"catalogue={Catalogue.ZIP}"}),
    )

    def __init__(self, *args: Any, kept: str = "", **kwargs: Any) -> None:  # a form's own
        """``kept`` is the name of the zip that was given before."""
        super().__init__(*args, **kwargs)
        self.kept = kept
        help_text = gettext("Ten hoogste %(most)s.") % {"most": size(MAX_BYTES)}
        if kept:
            said = gettext("Bewaard is %(name)s. Kies alleen een zip om die te vervangen.") % {"name": kept}
            help_text = f"{said} {help_text}"
        self.fields["archive"].help_text = help_text

    def clean_archive(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["archive"]
        if file is not None and (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("De zip is groter dan %(most)s."), params={"most": size(MAX_BYTES)})
        if file is not None and (file.file is None or not is_zipfile(file.file)):
            raise forms.ValidationError(_("Dit is geen zip."))
        if file is not None:
            _refuse_contents(file)
        return file

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        asks = given.get("catalogue") == Catalogue.ZIP
        if asks and not given.get("archive") and not self.kept and not self.errors:
            self.add_error("archive", gettext("Kies de zip die moet worden ingelezen."))
        return given

    def answers(self) -> dict[str, Any]:
        chosen = self.cleaned_data["catalogue"]
        if chosen != Catalogue.ZIP:
            return {"catalogue": chosen}
        file = self.cleaned_data["archive"]
        return {"catalogue": chosen, "file": file.name if file else self.kept}

    @staticmethod
    def initial_of(answers: Mapping[str, Any]) -> dict[str, Any]:
        return dict(answers)


def _refuse_contents(file: UploadedFile) -> None:
    """What is wrong with its form is said here, not by the job once the schema stands."""
    file.seek(0)
    raw = file.read()
    file.seek(0)
    try:
        read_archive(raw)
    except Refusal as refusal:
        wrong = getattr(refusal, "violations", [])
        raise forms.ValidationError(wrong[0].reason if wrong else refusal.detail) from refusal


class AdministratorForm(forms.Form):
    name = forms.CharField(label=_("Naam"), max_length=200, widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        help_text=_("Hierheen gaat de uitnodiging. Zij geldt zeven dagen en werkt één keer."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    @staticmethod
    def initial_of(answers: Mapping[str, Any]) -> dict[str, Any]:
        return dict(answers)
