"""The filters on zaken: those of the list, and what a search adds (rules, section 15)."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from rest_framework import serializers

from api.catalogi.models import Resultaattype, Statustype, Zaaktype
from api.catalogi.models.keuzes import Archiefnominatie, OmschrijvingGeneriek
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.validate.filters import (
    AmongThese,
    Day,
    Empty,
    Filter,
    JsonKey,
    LinkTo,
    Lookup,
    NoneOfThese,
    OneOf,
    PartOf,
    Text,
    Through,
    UrlText,
    Within,
    Wrong,
    of_open_zaak,
)
from api.pipeline.words.caller import Caller
from api.pipeline.words.names import attribute_of
from api.zaken.models import Resultaat, Rol, Status
from api.zaken.models.keuzes import Archiefstatus, BetrokkeneType, IndicatieMachtiging


def days(name: str, *comparisons: str) -> dict[str, Filter]:
    """A date by itself and compared: ``days("einddatum", "isnull", "lt")``."""
    attribute = attribute_of(name)
    compared = {f"{name}__{how}": _compared(attribute, how) for how in comparisons}
    return {name: Day(attribute), **compared}


def _compared(attribute: str, how: str) -> Filter:
    return Empty(attribute) if how == "isnull" else Day(attribute, how)


IDENTIFICATIES: dict[str, Filter] = {
    "natuurlijkPersoon__inpBsn": JsonKey("betrokkene_identificatie", "inpBsn", max_length=9),
    "natuurlijkPersoon__anpIdentificatie": JsonKey(
        "betrokkene_identificatie", "anpIdentificatie", max_length=17
    ),
    "natuurlijkPersoon__inpA_nummer": JsonKey("betrokkene_identificatie", "inpA_nummer", max_length=10),
    "nietNatuurlijkPersoon__innNnpId": JsonKey("betrokkene_identificatie", "innNnpId"),
    "nietNatuurlijkPersoon__annIdentificatie": JsonKey(
        "betrokkene_identificatie", "annIdentificatie", max_length=17
    ),
    "vestiging__vestigingsNummer": JsonKey("betrokkene_identificatie", "vestigingsNummer", max_length=24),
    "medewerker__identificatie": JsonKey(
        "betrokkene_identificatie", "identificatie", max_length=254, betrokkene_type=BetrokkeneType.MEDEWERKER
    ),
    "organisatorischeEenheid__identificatie": JsonKey(
        "betrokkene_identificatie",
        "identificatie",
        betrokkene_type=BetrokkeneType.ORGANISATORISCHE_EENHEID,
    ),
}
"""By what somebody in a rol is identified; a BSN may stand in a query only here."""


LONGEST_KENMERK = 40


class Machtiging(OneOf):
    """What somebody is in an authorisation; ``eigen`` for who acts for themselves."""

    explanation = "`eigen`: zonder machtiging."

    def __init__(self) -> None:
        super().__init__("indicatie_machtiging", (("eigen", "Eigen"), *IndicatieMachtiging.choices))
        self.values["eigen"] = ""


class Bron(Lookup):
    """Where the zaak has another name."""

    explanation = "Heeft een kenmerk van deze bron."
    looks = True

    def __init__(self) -> None:
        longest = LONGEST_KENMERK
        kind = serializers.CharField(max_length=longest)
        super().__init__("kenmerken", kind, "contains", {"type": "string", "maxLength": longest})

    def condition(self, value: Any) -> Any:
        return Q(kenmerken__contains=[{"bron": value}])


class Kenmerk(Lookup):
    """``bron:kenmerk``. Either may have a colon in it, so each of the colons may be the one between them."""

    explanation = "Heeft dit kenmerk: de bron, een dubbele punt en het kenmerk."
    looks = True

    def __init__(self) -> None:
        longest = 2 * LONGEST_KENMERK + 1
        kind = serializers.CharField(max_length=longest)
        super().__init__("kenmerken", kind, "contains", {"type": "string", "maxLength": longest})

    def parse(self, value: Any, caller: Caller) -> Any:
        text = super().parse(value, caller)
        if ":" not in text:
            raise Wrong("invalid", "Geef de bron en het kenmerk op, met een dubbele punt ertussen.")
        return text

    def condition(self, value: Any) -> Any:
        colons = [place for place, letter in enumerate(value) if letter == ":"]
        read = [{"bron": value[:colon], "kenmerk": value[colon + 1 :]} for colon in colons]
        return reduce(or_, [Q(kenmerken__contains=[each]) for each in read])


def of_rol(declared: Filter) -> Through:
    """A filter on the rollen of a zaak; several of them hold for the same rol."""
    return Through(Rol, "zaak", declared)


def machtigingen() -> dict[str, Filter]:
    """For whom somebody in a rol acts, and the organisation that is known by its number."""
    return {
        "betrokkeneIdentificatie__vestiging__kvkNummer": JsonKey(
            "betrokkene_identificatie", "kvkNummer", max_length=8
        ),
        "machtiging": Machtiging(),
    }


ARCHIEFNOMINATIE = OneOf("archiefnominatie", Archiefnominatie.choices)
ARCHIEFSTATUS = OneOf("archiefstatus", Archiefstatus.choices)

LIST_FILTERS: dict[str, Filter] = {
    "identificatie": Text("identificatie"),
    "bronorganisatie": Text("bronorganisatie"),
    "bronorganisatie__in": AmongThese(Text("bronorganisatie")),
    "zaaktype": LinkTo("zaaktype", Zaaktype),
    "archiefnominatie": ARCHIEFNOMINATIE,
    "archiefnominatie__in": AmongThese(ARCHIEFNOMINATIE),
    **days("archiefactiedatum", "isnull", "lt", "gt"),
    "archiefstatus": ARCHIEFSTATUS,
    "archiefstatus__in": AmongThese(ARCHIEFSTATUS),
    **days("startdatum", "gt", "gte", "lt", "lte"),
    **days("registratiedatum", "gt", "lt"),
    **days("einddatum", "isnull", "gt", "lt"),
    **days("einddatumGepland", "gt", "lt"),
    **days("uiterlijkeEinddatumAfdoening", "gt", "lt"),
    "rol__betrokkeneType": of_rol(OneOf("betrokkene_type", BetrokkeneType.choices)),
    "rol__betrokkene": of_rol(UrlText("betrokkene")),
    "rol__omschrijvingGeneriek": of_rol(OneOf("omschrijving_generiek", OmschrijvingGeneriek.choices)),
    "maximaleVertrouwelijkheidaanduiding": OneOf(
        "vertrouwelijkheidaanduiding", Vertrouwelijkheidaanduiding.choices, "lte"
    ),
    **{f"rol__betrokkeneIdentificatie__{name}": of_rol(key) for name, key in IDENTIFICATIES.items()},
    **of_open_zaak(
        {
            "identificatie__icontains": PartOf("identificatie", 40),
            "omschrijving": PartOf("omschrijving", 80),
            "zaaktype__omschrijving": PartOf("zaaktype__omschrijving", 80),
            "kenmerk": Kenmerk(),
            "kenmerk__bron": Bron(),
            "status__statustype": Through(
                Status, "zaak", LinkTo("statustype", Statustype, indicatie_laatst_gezette_status=True)
            ).explained("De huidige status is van dit statustype."),
            "resultaat__resultaattype": Through(Resultaat, "zaak", LinkTo("resultaattype", Resultaattype)),
            **{f"rol__{name}": of_rol(declared) for name, declared in machtigingen().items()},
        }
    ),
}

UUID = Lookup("uuid", serializers.UUIDField(), schema={"type": "string", "format": "uuid"})
SEARCH_FILTERS: dict[str, Filter] = {
    "zaakgeometrie": Within("zaakgeometrie"),
    "uuid__in": AmongThese(UUID),
    "zaaktype__in": AmongThese(LinkTo("zaaktype", Zaaktype)),
    **of_open_zaak({"zaaktype__not_in": NoneOfThese(LinkTo("zaaktype", Zaaktype))}),
    **LIST_FILTERS,
}
