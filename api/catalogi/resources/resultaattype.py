"""``/resultaattypen``."""

from __future__ import annotations

from django.db.models import F

from api.catalogi.brondatum import AFLEIDINGSWIJZE, forget_procestermijn
from api.catalogi.filters import ValidOn
from api.catalogi.from_zaaktype import ZaaktypeCatalogus, ZaaktypeDate
from api.catalogi.models import Resultaattype
from api.catalogi.named import Names, Versions
from api.catalogi.objectdate import ObjectDate
from api.catalogi.relations import RESULTAATTYPE_BESLUITTYPEN, RESULTAATTYPE_INFORMATIEOBJECTTYPEN
from api.catalogi.resources import subtype
from api.catalogi.resources.catalogi import SubtypeResource
from api.catalogi.rules.correction import naming
from api.catalogi.rules.ztc_002_selectielijst_resultaat import (
    fill_in_archive_attributes,
    fill_in_omschrijving_generiek,
    klasse_and_procestype_known,
    resultaattypeomschrijving_found,
    selectielijstklasse_found,
    selectielijstklasse_of_own_procestype,
)
from api.catalogi.rules.ztc_003_afleidingswijze import afleidingswijze_fits_procestermijn
from api.catalogi.rules.ztc_004_datumkenmerk import datumkenmerk_fits
from api.catalogi.rules.ztc_005_einddatum_bekend import einddatum_bekend_fits
from api.catalogi.rules.ztc_006_objecttype import objecttype_fits
from api.catalogi.rules.ztc_007_registratie import registratie_fits
from api.catalogi.rules.ztc_008_procestermijn import procestermijn_fits
from api.pipeline.represent.groups import Group
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Computed, Field, Url
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import Text


class ResultaattypeResource(SubtypeResource):
    """How zaken of a zaaktype can end, and what that means for their archiving."""

    path = "resultaattypen"
    noun = "resultaattype"
    explanation = "Een uitkomst die een zaak kan hebben, en hoe lang zij daarna bewaard wordt."
    model = Resultaattype
    order_by = ("zaaktype", "omschrijving", "pk")
    representation = Representation(
        url=Self(),
        zaaktype=Link(expand=True),
        zaaktypeIdentificatie=Computed(lambda: F("zaaktype__identificatie"), {"type": "string"}),
        omschrijving=Field(),
        resultaattypeomschrijving=Url(required=True),
        omschrijvingGeneriek=Field(read_only=True),
        selectielijstklasse=Url(required=True),
        toelichting=Field(),
        archiefnominatie=Field(),
        archiefactietermijn=Field(),
        brondatumArchiefprocedure=Group(
            afleidingswijze=Field(required=True),
            datumkenmerk=Field(),
            einddatumBekend=Field(),
            objecttype=Field(),
            registratie=Field(),
            procestermijn=Field(),
        ),
        procesobjectaard=Field(),
        catalogus=ZaaktypeCatalogus(),
        beginGeldigheid=ZaaktypeDate(),
        eindeGeldigheid=ZaaktypeDate(),
        beginObject=ObjectDate(through="zaaktype__"),
        eindeObject=ObjectDate(through="zaaktype__"),
        indicatieSpecifiek=Field(),
        procestermijn=Field(),
        besluittypen=Versions(RESULTAATTYPE_BESLUITTYPEN),
        besluittypeOmschrijving=Names(RESULTAATTYPE_BESLUITTYPEN),
        informatieobjecttypen=Versions(RESULTAATTYPE_INFORMATIEOBJECTTYPEN),
        informatieobjecttypeOmschrijving=Names(RESULTAATTYPE_INFORMATIEOBJECTTYPEN),
    )
    # the OAS of the standard spells two filters of this list in snake case as well
    operations = subtype.operations(
        subtype.filters(
            zaaktype_identificatie=Text("zaaktype__identificatie"), datum_geldigheid=ValidOn("zaaktype__")
        ),
        asking={
            "resultaattypeomschrijving": resultaattypeomschrijving_found,
            "selectielijstklasse": selectielijstklasse_found,
            "zaaktype": klasse_and_procestype_known,
            AFLEIDINGSWIJZE: klasse_and_procestype_known,
        },
        prepare=(fill_in_omschrijving_generiek, fill_in_archive_attributes, forget_procestermijn),
        rules=(
            selectielijstklasse_of_own_procestype,
            afleidingswijze_fits_procestermijn,
            datumkenmerk_fits,
            einddatum_bekend_fits,
            objecttype_fits,
            registratie_fits,
            procestermijn_fits,
        ),
        extending=(
            naming(
                besluittypen=RESULTAATTYPE_BESLUITTYPEN,
                informatieobjecttypen=RESULTAATTYPE_INFORMATIEOBJECTTYPEN,
            ),
        ),
    )
