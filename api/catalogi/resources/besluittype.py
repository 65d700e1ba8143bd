"""``/besluittypen``."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from api.catalogi.copying import copy_names
from api.catalogi.filters import ByStatus, OnDay, ValidOn
from api.catalogi.models import Besluittype, Catalogus, Resultaattype, Zaaktype
from api.catalogi.named import Names, Resolved, ResolvedNames, Versions
from api.catalogi.named_filters import NamedBy, Naming
from api.catalogi.objectdate import ObjectDate
from api.catalogi.relations import (
    BESLUITTYPE_INFORMATIEOBJECTTYPEN,
    RESULTAATTYPE_BESLUITTYPEN,
    ZAAKTYPE_BESLUITTYPEN,
)
from api.catalogi.resources.catalogi import VersionResource, new_version, publishing
from api.catalogi.rules.correction import begins_no_later, naming, only_extends, unchanged
from api.catalogi.rules.date_mismatch import einde_not_before_begin
from api.catalogi.rules.ztc_009_definitief import published_type_stays_as_it_is
from api.catalogi.rules.ztc_014_lezen import LEZEN
from api.catalogi.scopes import CATALOGI_SCHRIJVEN, SCHRIJVEN, VERWIJDEREN
from api.catalogi.shown import shown_versions
from api.pipeline.declare.operations import Operation
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Field
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import LinkTo, Text, of_open_zaak


def _zaaktypen() -> QuerySet[Any, Any]:
    return shown_versions(Zaaktype, ZAAKTYPE_BESLUITTYPEN.sources).order_by("identificatie", "pk")


def _zaaktype_names() -> QuerySet[Any, Any]:
    naming = ZAAKTYPE_BESLUITTYPEN.naming().order_by("zaaktype__identificatie")
    return naming.values_list("zaaktype__identificatie").distinct()


def _resultaattypen() -> QuerySet[Any, Any]:
    naming = RESULTAATTYPE_BESLUITTYPEN.naming(2).values("resultaattype")
    shown = shown_versions(Zaaktype, _zaaktypen_of_resultaattypen).values("pk")
    return Resultaattype.objects.filter(pk__in=naming, zaaktype__in=shown).order_by("omschrijving", "pk")


def _zaaktypen_of_resultaattypen(depth: int) -> Q:
    # a query deeper than those of the other relations: within that for the resultaattypen
    return Q(pk__in=RESULTAATTYPE_BESLUITTYPEN.naming(depth + 2).values("resultaattype__zaaktype"))


def _resultaattype_names() -> QuerySet[Any, Any]:
    naming = RESULTAATTYPE_BESLUITTYPEN.naming().order_by("resultaattype__omschrijving")
    return naming.values_list("resultaattype__omschrijving").distinct()


EXTENDS = only_extends(
    unchanged("omschrijving", "catalogus"),
    begins_no_later,
    naming(informatieobjecttypen=BESLUITTYPE_INFORMATIEOBJECTTYPEN),
)
CHANGING = (published_type_stays_as_it_is, EXTENDS, einde_not_before_begin)


class BesluittypeResource(VersionResource):
    """What kind of besluit it is."""

    path = "besluittypen"
    noun = "besluittype"
    explanation = "Een soort besluit."
    model = Besluittype
    kanaal = "besluittypen"
    identified_by = "omschrijving"
    order_by = ("omschrijving", "begin_geldigheid", "pk")
    representation = Representation(
        url=Self(),
        catalogus=Link(expand=True),
        zaaktypen=Resolved(Zaaktype, _zaaktypen),
        zaaktypeIdentificaties=ResolvedNames(_zaaktype_names),
        omschrijving=Field(),
        omschrijvingGeneriek=Field(),
        besluitcategorie=Field(),
        reactietermijn=Field(),
        publicatieIndicatie=Field(),
        publicatietekst=Field(),
        publicatietermijn=Field(),
        toelichting=Field(),
        informatieobjecttypen=Versions(BESLUITTYPE_INFORMATIEOBJECTTYPEN, required=True),
        informatieobjecttypeOmschrijvingen=Names(BESLUITTYPE_INFORMATIEOBJECTTYPEN),
        beginGeldigheid=Field(),
        eindeGeldigheid=Field(),
        beginObject=ObjectDate(),
        eindeObject=ObjectDate(),
        concept=Field(read_only=True),
        resultaattypen=Resolved(Resultaattype, _resultaattypen),
        resultaattypenOmschrijving=ResolvedNames(_resultaattype_names),
        vastgelegdIn=Names(BESLUITTYPE_INFORMATIEOBJECTTYPEN),
    )
    operations = {
        "list": Operation(
            LEZEN,
            filters={
                "catalogus": LinkTo("catalogus", Catalogus),
                "zaaktypen": NamedBy(ZAAKTYPE_BESLUITTYPEN, Zaaktype, "identificatie"),
                "informatieobjecttypen": Naming(BESLUITTYPE_INFORMATIEOBJECTTYPEN),
                "status": ByStatus(),
                "omschrijving": Text("omschrijving"),
                "datumGeldigheid": ValidOn(),
            },
        ),
        "create": Operation(CATALOGI_SCHRIJVEN, rules=(einde_not_before_begin,)),
        "retrieve": Operation(LEZEN, parameters=of_open_zaak({"datumGeldigheid": OnDay()})),
        "headers": Operation(LEZEN, parameters=of_open_zaak({"datumGeldigheid": OnDay()})),
        "update": Operation(SCHRIJVEN, rules=CHANGING),
        "partial_update": Operation(SCHRIJVEN, rules=CHANGING),
        "destroy": Operation(VERWIJDEREN, rules=(published_type_stays_as_it_is,)),
        "publish": publishing(),
        "versie": new_version("omschrijving", copy_names),
    }
