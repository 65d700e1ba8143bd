"""``/zaaktype-informatieobjecttypen``."""

from __future__ import annotations

from django.db.models import F

from api.catalogi.filters import ByStatus
from api.catalogi.models import Informatieobjecttype, Zaaktype, ZaaktypeInformatieobjecttype
from api.catalogi.models.keuzes import Richting
from api.catalogi.named_version import ByNamedVersion, NamedVersion
from api.catalogi.resources import subtype
from api.catalogi.resources.catalogi import SubtypeResource
from api.catalogi.rules.correction import unchanged
from api.catalogi.rules.same_catalogus import informatieobjecttype_in_same_catalogus
from api.catalogi.rules.volgnummer import volgnummer_unique, volgnummer_up_to
from api.catalogi.rules.ztc_010_definitief_zaaktype import relation_of_published_zaaktype_stays_as_it_is
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Computed, Field
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import LinkTo, OneOf

INFORMATIEOBJECTTYPE = NamedVersion(
    "informatieobjecttype_omschrijving", Informatieobjecttype, "omschrijving", catalogus="zaaktype__catalogus"
)


class ZaaktypeInformatieobjecttypeResource(SubtypeResource):
    """Which documents belong in zaken of a zaaktype."""

    path = "zaaktype-informatieobjecttypen"
    noun = "zaakinformatieobjecttype"  # so the operations of the standard call it
    explanation = "Welke documenten bij zaken van een zaaktype horen."
    model = ZaaktypeInformatieobjecttype
    order_by = ("zaaktype", "volgnummer")
    representation = Representation(
        url=Self(),
        zaaktype=Link(expand=True),
        zaaktypeIdentificatie=Computed(lambda: F("zaaktype__identificatie"), {"type": "string"}),
        catalogus=Link("zaaktype__catalogus", read_only=True, expand=True),
        informatieobjecttype=INFORMATIEOBJECTTYPE,
        volgnummer=Field(schema={"minimum": 1, "maximum": 999}),
        richting=Field(),
        statustype=Link(expand=True),
    )
    operations = subtype.operations(
        {
            "zaaktype": LinkTo("zaaktype", Zaaktype),
            "informatieobjecttype": ByNamedVersion(INFORMATIEOBJECTTYPE),
            "richting": OneOf("richting", Richting.choices),
            "status": ByStatus("zaaktype__"),
        },
        fixed=relation_of_published_zaaktype_stays_as_it_is,
        rules=(volgnummer_up_to(999), volgnummer_unique, informatieobjecttype_in_same_catalogus),
        extending=(unchanged("informatieobjecttype_omschrijving"),),
    )
