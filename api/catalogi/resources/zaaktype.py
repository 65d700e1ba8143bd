"""``/zaaktypen``."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.http import HttpResponse

from api.catalogi.copying import ZaaktypeCopy, as_another, copy_parts
from api.catalogi.exchange.export import filename
from api.catalogi.exchange.operations import EXPORT, download, exporter
from api.catalogi.filters import ByStatus, OnDay, ValidOn
from api.catalogi.gerelateerd import GerelateerdeZaaktypen
from api.catalogi.identificatie import Identificatie, give_identificatie
from api.catalogi.models import (
    Catalogus,
    Informatieobjecttype,
    Resultaattype,
    Zaaktype,
    ZaaktypeInformatieobjecttype,
)
from api.catalogi.named import Names, Resolved, ResolvedNames, Versions
from api.catalogi.objectdate import ObjectDate
from api.catalogi.relations import ZAAKTYPE_BESLUITTYPEN, ZAAKTYPE_DEELZAAKTYPEN, ZAAKTYPE_GERELATEERD
from api.catalogi.resources.catalogi import VersionResource, new_version, publishing
from api.catalogi.rules.copying import identificatie_unused
from api.catalogi.rules.correction import (
    begins_no_later,
    growing,
    kept,
    naming,
    only_extends,
    unchanged,
)
from api.catalogi.rules.date_mismatch import einde_not_before_begin
from api.catalogi.rules.same_catalogus import deelzaaktypen_in_same_catalogus
from api.catalogi.rules.zaaktype import (
    bron_is_whole,
    forget_terms,
    servicenorm_not_empty,
    verlengingstermijn_fits,
)
from api.catalogi.rules.ztc_001_selectielijst_procestype import procestype_found
from api.catalogi.rules.ztc_009_definitief import published_type_stays_as_it_is
from api.catalogi.rules.ztc_014_lezen import LEZEN
from api.catalogi.rules.ztc_016_overlap import published_versions_do_not_overlap
from api.catalogi.scopes import CATALOGI_SCHRIJVEN, SCHRIJVEN, VERWIJDEREN
from api.catalogi.shown import among, out, shown_versions
from api.pipeline.declare.operations import Operation, Place
from api.pipeline.represent.groups import Group
from api.pipeline.represent.links import Link, Links, Self
from api.pipeline.represent.members import Choice, Field, Url
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import Containing, LinkTo, PartOf, Text, of_open_zaak
from api.pipeline.validate.values import described_serializer


def _document_relations(key: Any) -> QuerySet[Any, Any]:
    return ZaaktypeInformatieobjecttype.objects.filter(zaaktype=key)


def _informatieobjecttypen() -> QuerySet[Any, Any]:
    return shown_versions(Informatieobjecttype, _named_documents).order_by("omschrijving", "pk")


def _named_documents(depth: int) -> Q:
    names = _document_relations(out("pk", depth + 1)).values("informatieobjecttype_omschrijving")
    return Q(among("omschrijving", names), catalogus_id=out("catalogus_id", depth))


def _informatieobjecttype_names() -> QuerySet[Any, Any]:
    relations = _document_relations(OuterRef("pk")).order_by("informatieobjecttype_omschrijving")
    return relations.values_list("informatieobjecttype_omschrijving").distinct()


def _resultaattype_names() -> QuerySet[Any, Any]:
    own = Resultaattype.objects.filter(zaaktype=OuterRef("pk"))
    return own.order_by("omschrijving").values_list("omschrijving").distinct()


HOLDING = (
    einde_not_before_begin,
    verlengingstermijn_fits,
    servicenorm_not_empty,
    bron_is_whole,
    deelzaaktypen_in_same_catalogus,
)
EXTENDS = only_extends(
    unchanged("identificatie", "catalogus"),
    begins_no_later,
    kept("opschorting_en_aanhouding_mogelijk", "verlenging_mogelijk"),
    growing("trefwoorden", "producten_of_diensten", "verantwoordingsrelatie"),
    naming(
        besluittypen=ZAAKTYPE_BESLUITTYPEN,
        deelzaaktypen=ZAAKTYPE_DEELZAAKTYPEN,
        gerelateerde_zaaktypen=ZAAKTYPE_GERELATEERD,
    ),
)
ASKING = {"selectielijst_procestype": procestype_found}
CHANGING = (
    published_type_stays_as_it_is,
    EXTENDS,
    published_versions_do_not_overlap,
    *HOLDING,
)


class ZaaktypeResource(VersionResource):
    """What kind of zaak it is, and the rules by which it is handled."""

    path = "zaaktypen"
    noun = "zaaktype"
    explanation = (
        "Een soort zaak, met de regels waarnaar zij behandeld wordt. Elke versie is een eigen object."
    )
    model = Zaaktype
    kanaal = "zaaktypen"
    identified_by = "identificatie"
    order_by = ("identificatie", "begin_geldigheid", "pk")
    representation = Representation(
        url=Self(),
        identificatie=Identificatie(),
        omschrijving=Field(),
        omschrijvingGeneriek=Field(),
        vertrouwelijkheidaanduiding=Choice(required=True),
        doel=Field(),
        aanleiding=Field(),
        toelichting=Field(),
        indicatieInternOfExtern=Field(),
        handelingInitiator=Field(),
        onderwerp=Field(),
        handelingBehandelaar=Field(),
        doorlooptijd=Field(),
        servicenorm=Field(),
        opschortingEnAanhoudingMogelijk=Field(),
        verlengingMogelijk=Field(),
        verlengingstermijn=Field(),
        trefwoorden=Field(),
        publicatieIndicatie=Field(),
        publicatietekst=Field(),
        verantwoordingsrelatie=Field(),
        productenOfDiensten=Field(required=True),
        selectielijstProcestype=Url(),
        referentieproces=Group(naam=Field(), link=Field(), nullable=False, required=True),
        verantwoordelijke=Field(),
        zaakobjecttypen=Links(expand=True),
        broncatalogus=Group(url=Field(required=True), domein=Field(required=True), rsin=Field(required=True)),
        bronzaaktype=Group(
            url=Field(required=True), identificatie=Field(required=True), omschrijving=Field(required=True)
        ),
        catalogus=Link(expand=True),
        statustypen=Links(expand=True, order_by=("volgnummer",)),
        resultaattypen=Links(expand=True, order_by=("omschrijving", "pk")),
        resultaattypeOmschrijving=ResolvedNames(_resultaattype_names),
        eigenschappen=Links(expand=True, order_by=("naam", "pk")),
        informatieobjecttypen=Resolved(Informatieobjecttype, _informatieobjecttypen),
        informatieobjecttypeOmschrijving=ResolvedNames(_informatieobjecttype_names),
        roltypen=Links(expand=True, order_by=("omschrijving", "pk")),
        besluittypen=Versions(ZAAKTYPE_BESLUITTYPEN, required=True),
        besluittypeOmschrijving=Names(ZAAKTYPE_BESLUITTYPEN),
        deelzaaktypen=Versions(ZAAKTYPE_DEELZAAKTYPEN),
        deelzaaktypeIdentificaties=Names(ZAAKTYPE_DEELZAAKTYPEN),
        gerelateerdeZaaktypen=GerelateerdeZaaktypen(ZAAKTYPE_GERELATEERD),
        beginGeldigheid=Field(),
        eindeGeldigheid=Field(),
        beginObject=ObjectDate(),
        eindeObject=ObjectDate(),
        versiedatum=Field(),
        concept=Field(read_only=True),
    )
    operations = {
        "list": Operation(
            LEZEN,
            filters={
                "catalogus": LinkTo("catalogus", Catalogus),
                "identificatie": Text("identificatie"),
                "trefwoorden": Containing("trefwoorden"),
                "status": ByStatus(),
                "datumGeldigheid": ValidOn(),
                **of_open_zaak(
                    {
                        "identificatie__icontains": PartOf("identificatie", 50),
                        "omschrijving__icontains": PartOf("omschrijving", 80),
                    }
                ),
            },
        ),
        "create": Operation(
            CATALOGI_SCHRIJVEN,
            asking=ASKING,
            rules=HOLDING,
            prepare=(give_identificatie, forget_terms),
        ),
        "retrieve": Operation(LEZEN, parameters={"datumGeldigheid": OnDay()}),
        "headers": Operation(LEZEN, parameters={"datumGeldigheid": OnDay()}),
        "update": Operation(SCHRIJVEN, asking=ASKING, rules=CHANGING, prepare=(forget_terms,)),
        "partial_update": Operation(SCHRIJVEN, asking=ASKING, rules=CHANGING, prepare=(forget_terms,)),
        "destroy": Operation(VERWIJDEREN, rules=(published_type_stays_as_it_is,)),
        "publish": publishing(published_versions_do_not_overlap),
        "versie": new_version("identificatie", copy_parts),
        "kopie": Operation(
            CATALOGI_SCHRIJVEN,
            rules=(identificatie_unused,),
            effects=(copy_parts,),
            at=Place("post", "kopie", on_object=True),
            creates=True,
            experimental=True,
            schema=described_serializer(ZaaktypeCopy()),
            summary="{one} kopiëren",
            explanation="Maakt een concept met alle onderdelen hiervan, onder een eigen identificatie.",
        ),
        "export": EXPORT,
    }

    def export(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """A zip with this version, its parts, and the types for documents and besluiten it names."""
        self.check_parameters(request, set())
        zaaktype = self.found(uuid)
        archive = exporter(self.caller).zaaktype(zaaktype)
        return download(archive, filename("zaaktype", zaaktype.identificatie, zaaktype.begin_geldigheid))

    def kopie(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """201 with a concept that is the same under another identificatie."""
        return self.copied(request, uuid, ZaaktypeCopy, self._as_another)

    def _as_another(self, source: Any, given: dict[str, Any]) -> dict[str, Any]:
        return as_another(source, given, self.caller.today)
