"""The forms of ``betrokkeneIdentificatie``, one for each ``betrokkeneType`` (Zaken 1.7.0)."""

# ruff: noqa: N815  (the names are those on the wire)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from api.pipeline.http import errors
from api.pipeline.validate import values
from api.pipeline.validate.objects import ObjectSerializer
from api.pipeline.words.caller import Caller
from api.pipeline.words.violations import Violation
from api.zaken.models.keuzes import BetrokkeneType
from tenants.registry.elfproef import is_valid_rsin

GESLACHTSAANDUIDINGEN = (("m", "Man"), ("v", "Vrouw"), ("o", "Onbekend"))
RECHTSVORMEN = (
    "besloten_vennootschap", "cooperatie_europees_economische_samenwerking",
    "europese_cooperatieve_venootschap",
    "europese_cooperatieve_vennootschap", "europese_naamloze_vennootschap", "kerkelijke_organisatie",
    "naamloze_vennootschap", "onderlinge_waarborg_maatschappij",
    "overig_privaatrechtelijke_rechtspersoon", "stichting", "vereniging",
    "vereniging_van_eigenaars", "publiekrechtelijke_rechtspersoon", "vennootschap_onder_firma",
    "maatschap", "rederij", "commanditaire_vennootschap", "kapitaalvennootschap_binnen_eer",
    "overige_buitenlandse_rechtspersoon_vennootschap", "kapitaalvennootschap_buiten_eer",
)  # fmt: skip


def text(max_length: int, **options: Any) -> serializers.CharField:
    """A text that may be left out, and is then empty."""
    return serializers.CharField(max_length=max_length, allow_blank=True, **{"default": "", **options})


class Bsn(serializers.CharField):
    """A burgerservicenummer: nine digits that pass the eleven test."""

    default_error_messages = {
        "only-digits": "Alleen cijfers zijn toegestaan.",
        "invalid": "Dit is geen geldig BSN: negen cijfers volgens de elfproef.",
    }

    def to_internal_value(self, data: Any) -> str:
        value: str = super().to_internal_value(data)
        if value and not (value.isascii() and value.isdigit()):
            self.fail("only-digits")
        if value and not is_valid_rsin(value):
            self.fail("invalid")
        return value


class Verblijfsadres(ObjectSerializer):
    """Where somebody lives, as the BAG knows it."""

    aoaIdentificatie = serializers.CharField(max_length=100)
    wplWoonplaatsNaam = serializers.CharField(max_length=80)
    gorOpenbareRuimteNaam = serializers.CharField(max_length=80)
    aoaPostcode = text(7)
    aoaHuisnummer = serializers.IntegerField(min_value=0, max_value=99999)
    aoaHuisletter = text(1)
    aoaHuisnummertoevoeging = text(4)
    inpLocatiebeschrijving = text(1000)


class SubVerblijfBuitenland(ObjectSerializer):
    """An address abroad."""

    lndLandcode = serializers.CharField(max_length=4)
    lndLandnaam = serializers.CharField(max_length=40)
    subAdresBuitenland_1 = text(35)
    subAdresBuitenland_2 = text(35)
    subAdresBuitenland_3 = text(35)


class NatuurlijkPersoon(ObjectSerializer):
    """A human being."""

    inpBsn = Bsn(max_length=9, allow_blank=True, default="")
    anpIdentificatie = text(17)
    inpA_nummer = serializers.RegexField(r"^[1-9][0-9]{9}$", max_length=10, allow_blank=True, default="")
    geslachtsnaam = text(200)
    voorvoegselGeslachtsnaam = text(80)
    voorletters = text(20)
    voornamen = text(200)
    geslachtsaanduiding = serializers.ChoiceField(GESLACHTSAANDUIDINGEN, allow_blank=True, default="")
    geboortedatum = text(18)
    verblijfsadres = Verblijfsadres(allow_null=True, default=None)
    subVerblijfBuitenland = SubVerblijfBuitenland(allow_null=True, default=None)


class NietNatuurlijkPersoon(ObjectSerializer):
    """A legal person."""

    innNnpId = text(9, min_length=9)
    annIdentificatie = text(17)
    statutaireNaam = text(500)
    innRechtsvorm = serializers.ChoiceField(RECHTSVORMEN, allow_blank=True, default="")
    bezoekadres = text(1000)
    subVerblijfBuitenland = SubVerblijfBuitenland(allow_null=True, default=None)


class Vestiging(ObjectSerializer):
    """A place of business."""

    kvkNummer = text(8)
    vestigingsNummer = text(24)
    handelsnaam = serializers.ListField(child=serializers.CharField(max_length=625), default=list)
    verblijfsadres = Verblijfsadres(allow_null=True, default=None)
    subVerblijfBuitenland = SubVerblijfBuitenland(allow_null=True, default=None)


class OrganisatorischeEenheid(ObjectSerializer):
    """A department."""

    identificatie = text(24)
    naam = text(50)
    isGehuisvestIn = text(24)


class Medewerker(ObjectSerializer):
    """Somebody who works for the organisation."""

    identificatie = text(254)
    achternaam = text(200)
    voorletters = text(20)
    voorvoegselAchternaam = text(10)


FORMS: Mapping[str, type[serializers.Serializer[Any]]] = {
    BetrokkeneType.NATUURLIJK_PERSOON: NatuurlijkPersoon,
    BetrokkeneType.NIET_NATUURLIJK_PERSOON: NietNatuurlijkPersoon,
    BetrokkeneType.VESTIGING: Vestiging,
    BetrokkeneType.ORGANISATORISCHE_EENHEID: OrganisatorischeEenheid,
    BetrokkeneType.MEDEWERKER: Medewerker,
}


class Contactpersoon(ObjectSerializer):
    """Through whom a betrokkene can be reached."""

    emailadres = serializers.EmailField(max_length=254, allow_blank=True, default="")
    functie = text(50)
    telefoonnummer = text(20)
    naam = serializers.CharField(max_length=40)


def validated(betrokkene_type: str, given: Any, caller: Caller) -> tuple[dict[str, Any], list[Violation]]:
    """The identification with every member of its form, and what is wrong with it."""
    form = FORMS[betrokkene_type](data=given, context={"caller": caller})
    if form.is_valid():
        return dict(form.validated_data), []
    return {}, list(errors.flatten(form.errors, "betrokkeneIdentificatie"))


def schema(betrokkene_type: str) -> dict[str, Any]:
    """The form in the OpenAPI document."""
    return values.described_serializer(FORMS[betrokkene_type]())
