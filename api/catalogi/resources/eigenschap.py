"""``/eigenschappen``."""

from __future__ import annotations

from django.db.models import F

from api.catalogi.from_zaaktype import ZaaktypeDate
from api.catalogi.models import Eigenschap
from api.catalogi.objectdate import ObjectDate
from api.catalogi.resources import subtype
from api.catalogi.resources.catalogi import SubtypeResource
from api.catalogi.rules.correction import kept, unchanged, values_still_fit
from api.catalogi.rules.required_eigenschappen import statustype_of_same_zaaktype
from api.catalogi.rules.ztc_015_datumformaat import length_fits_format, values_fit_format
from api.pipeline.represent.groups import Group
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Computed, Field
from api.pipeline.represent.representation import Representation


class EigenschapResource(SubtypeResource):
    """A fact that matters to zaken of one zaaktype only."""

    path = "eigenschappen"
    noun = "eigenschap"
    explanation = "Een gegeven dat bij zaken van een zaaktype wordt vastgelegd."
    model = Eigenschap
    order_by = ("zaaktype", "naam", "pk")
    representation = Representation(
        url=Self(),
        naam=Field(),
        definitie=Field(),
        specificatie=Group(
            groep=Field(),
            formaat=Field(),
            lengte=Field(),
            kardinaliteit=Field(),
            waardenverzameling=Field(),
            nullable=False,
            required=True,
        ),
        toelichting=Field(),
        catalogus=Link("zaaktype__catalogus", read_only=True, expand=True),
        zaaktype=Link(expand=True),
        zaaktypeIdentificatie=Computed(lambda: F("zaaktype__identificatie"), {"type": "string"}),
        statustype=Link(expand=True),
        beginGeldigheid=ZaaktypeDate(),
        eindeGeldigheid=ZaaktypeDate(),
        beginObject=ObjectDate(through="zaaktype__"),
        eindeObject=ObjectDate(through="zaaktype__"),
    )
    operations = subtype.operations(
        subtype.filters(),
        rules=(length_fits_format, values_fit_format, statustype_of_same_zaaktype),
        extending=(unchanged("specificatie_formaat"), values_still_fit, kept("statustype")),
    )
