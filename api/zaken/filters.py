"""The filters on zaken: 45 parameters of the list, and what a search adds (rules, section 15)."""

from __future__ import annotations

from rest_framework import serializers

from api.catalogi.models import Zaaktype
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
    OneOf,
    Text,
    Through,
    UrlText,
    Within,
)
from api.pipeline.words.names import attribute_of
from api.zaken.models import Rol
from api.zaken.models.keuzes import Archiefstatus, BetrokkeneType


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


def of_rol(declared: Filter) -> Through:
    """A filter on the rollen of a zaak; several of them hold for the same rol."""
    return Through(Rol, "zaak", declared)


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
}

UUID = Lookup("uuid", serializers.UUIDField(), schema={"type": "string", "format": "uuid"})
SEARCH_FILTERS: dict[str, Filter] = {
    "zaakgeometrie": Within("zaakgeometrie"),
    "uuid__in": AmongThese(UUID),
    "zaaktype__in": AmongThese(LinkTo("zaaktype", Zaaktype)),
    **LIST_FILTERS,
}
