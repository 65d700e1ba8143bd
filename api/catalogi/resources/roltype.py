"""``/roltypen``."""

from __future__ import annotations

from django.db.models import F

from api.catalogi.from_zaaktype import ZaaktypeCatalogus, ZaaktypeDate
from api.catalogi.models import Roltype
from api.catalogi.models.keuzes import OmschrijvingGeneriek
from api.catalogi.objectdate import ObjectDate
from api.catalogi.resources import subtype
from api.catalogi.resources.catalogi import SubtypeResource
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Computed, Field
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import OneOf, PartOf, of_open_zaak


class RoltypeResource(SubtypeResource):
    """What somebody can be in zaken of a zaaktype."""

    path = "roltypen"
    noun = "roltype"
    explanation = "Wat iemand bij een zaak kan doen of zijn."
    model = Roltype
    order_by = ("zaaktype", "omschrijving", "pk")
    representation = Representation(
        url=Self(),
        zaaktype=Link(expand=True),
        zaaktypeIdentificatie=Computed(lambda: F("zaaktype__identificatie"), {"type": "string"}),
        omschrijving=Field(),
        omschrijvingGeneriek=Field(),
        catalogus=ZaaktypeCatalogus(),
        beginGeldigheid=ZaaktypeDate(),
        eindeGeldigheid=ZaaktypeDate(),
        beginObject=ObjectDate(through="zaaktype__"),
        eindeObject=ObjectDate(through="zaaktype__"),
    )
    operations = subtype.operations(
        subtype.filters(
            omschrijvingGeneriek=OneOf("omschrijving_generiek", OmschrijvingGeneriek.choices),
            **of_open_zaak({"omschrijving": PartOf("omschrijving", 100)}),
        )
    )
