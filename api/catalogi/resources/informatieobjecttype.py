"""``/informatieobjecttypen``."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from api.catalogi.filters import ByStatus, OnDay, ValidOn
from api.catalogi.models import (
    Besluittype,
    Catalogus,
    Informatieobjecttype,
    Zaaktype,
    ZaaktypeInformatieobjecttype,
)
from api.catalogi.named import Resolved, ResolvedNames
from api.catalogi.named_filters import NamedIn
from api.catalogi.objectdate import ObjectDate
from api.catalogi.relations import BESLUITTYPE_INFORMATIEOBJECTTYPEN
from api.catalogi.resources.catalogi import VersionResource, new_version, publishing
from api.catalogi.rules.correction import begins_no_later, growing, only_extends, unchanged
from api.catalogi.rules.date_mismatch import einde_not_before_begin
from api.catalogi.rules.ztc_009_definitief import published_type_stays_as_it_is
from api.catalogi.rules.ztc_014_lezen import LEZEN
from api.catalogi.scopes import CATALOGI_SCHRIJVEN, SCHRIJVEN, VERWIJDEREN
from api.catalogi.shown import out, shown_versions
from api.pipeline.declare.operations import Operation
from api.pipeline.represent.groups import Group
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Choice, Field
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import LinkTo, PartOf, Text, of_open_zaak

_GENERIEK = "InformatieobjecttypeOmschrijvingGeneriek"
_PARTS: dict[str, Any] = {
    "informatieobjecttypeOmschrijvingGeneriek": Field("omschrijving_generiek_omschrijving", required=True),
    f"definitie{_GENERIEK}": Field("omschrijving_generiek_definitie", required=True),
    f"herkomst{_GENERIEK}": Field("omschrijving_generiek_herkomst", required=True),
    f"hierarchie{_GENERIEK}": Field("omschrijving_generiek_hierarchie", required=True),
    f"opmerking{_GENERIEK}": Field("omschrijving_generiek_opmerking"),
}


def _naming(depth: int) -> QuerySet[Any, Any]:
    """The zaaktypen that name this type, from a row ``depth`` queries out."""
    return ZaaktypeInformatieobjecttype.objects.filter(
        informatieobjecttype_omschrijving=out("omschrijving", depth),
        zaaktype__catalogus_id=out("catalogus_id", depth),
    )


def _zaaktypen() -> QuerySet[Any, Any]:
    naming = shown_versions(Zaaktype, lambda depth: Q(pk__in=_naming(depth + 1).values("zaaktype")))
    return naming.order_by("identificatie", "pk")


def _zaaktype_names() -> QuerySet[Any, Any]:
    return _naming(1).order_by("zaaktype__identificatie").values_list("zaaktype__identificatie").distinct()


def _besluittypen() -> QuerySet[Any, Any]:
    naming = shown_versions(Besluittype, BESLUITTYPE_INFORMATIEOBJECTTYPEN.sources)
    return naming.order_by("omschrijving", "pk")


def _besluittype_names() -> QuerySet[Any, Any]:
    relations = BESLUITTYPE_INFORMATIEOBJECTTYPEN.naming().order_by("besluittype__omschrijving")
    return relations.values_list("besluittype__omschrijving").distinct()


EXTENDS = only_extends(unchanged("omschrijving", "catalogus"), begins_no_later, growing("trefwoord"))
CHANGING = (published_type_stays_as_it_is, EXTENDS, einde_not_before_begin)


class InformatieobjecttypeResource(VersionResource):
    """What kind of document it is."""

    path = "informatieobjecttypen"
    noun = "informatieobjecttype"
    explanation = "Een soort document."
    model = Informatieobjecttype
    kanaal = "informatieobjecttypen"
    identified_by = "omschrijving"
    order_by = ("omschrijving", "begin_geldigheid", "pk")
    representation = Representation(
        url=Self(),
        catalogus=Link(expand=True),
        omschrijving=Field(),
        vertrouwelijkheidaanduiding=Choice(required=True),
        beginGeldigheid=Field(),
        eindeGeldigheid=Field(),
        beginObject=ObjectDate(),
        eindeObject=ObjectDate(),
        concept=Field(read_only=True),
        zaaktypen=Resolved(Zaaktype, _zaaktypen),
        zaaktypeIdentificaties=ResolvedNames(_zaaktype_names),
        besluittypen=Resolved(Besluittype, _besluittypen),
        besluittypeOmschrijving=ResolvedNames(_besluittype_names),
        informatieobjectcategorie=Field(),
        trefwoord=Field(),
        omschrijvingGeneriek=Group(**_PARTS),
    )
    operations = {
        "list": Operation(
            LEZEN,
            filters={
                "catalogus": LinkTo("catalogus", Catalogus),
                "status": ByStatus(),
                "datumGeldigheid": ValidOn(),
                "omschrijving": Text("omschrijving"),
                **of_open_zaak(
                    {
                        "zaaktype": NamedIn(lambda: _naming(1), "zaaktype", Zaaktype),
                        "omschrijving__icontains": PartOf("omschrijving", 80),
                    }
                ),
            },
        ),
        "create": Operation(CATALOGI_SCHRIJVEN, rules=(einde_not_before_begin,)),
        "retrieve": Operation(LEZEN, parameters=of_open_zaak({"datumGeldigheid": OnDay()})),
        "headers": Operation(LEZEN, parameters=of_open_zaak({"datumGeldigheid": OnDay()})),
        "update": Operation(SCHRIJVEN, rules=CHANGING),
        "partial_update": Operation(SCHRIJVEN, rules=CHANGING),
        "destroy": Operation(VERWIJDEREN, rules=(published_type_stays_as_it_is,)),
        "publish": publishing(),
        "versie": new_version("omschrijving"),
    }
