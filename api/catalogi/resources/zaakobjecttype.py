"""``/zaakobjecttypen``."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet

from api.catalogi.filters import ByStatus, ValidOn, ZaaktypeDay
from api.catalogi.from_zaaktype import ZaaktypeCatalogus, ZaaktypeDate
from api.catalogi.models import Catalogus, Resultaattype, Statustype, Zaakobjecttype, Zaaktype
from api.catalogi.named import Resolved, ResolvedNames
from api.catalogi.objectdate import ObjectDate
from api.catalogi.resources import subtype
from api.catalogi.resources.catalogi import SubtypeResource
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Computed, Field
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import LinkTo, Text, UrlText, Yes, of_open_zaak


def _resultaattypen() -> QuerySet[Any, Any]:
    return Resultaattype.objects.filter(zaaktype=OuterRef("zaaktype")).order_by("omschrijving", "pk")


def _resultaattype_names() -> QuerySet[Any, Any]:
    return _resultaattypen().order_by("omschrijving").values_list("omschrijving").distinct()


def _statustypen() -> QuerySet[Any, Any]:
    return Statustype.objects.filter(zaaktype=OuterRef("zaaktype")).order_by("volgnummer")


STATUS = "Van gepubliceerde zaaktypen, van concepten, of van alles zoals zonder deze parameter."


class ZaakobjecttypeResource(SubtypeResource):
    """What kind of object zaken of a zaaktype can be about."""

    path = "zaakobjecttypen"
    noun = "zaakobjecttype"
    explanation = "Een soort object waar een zaak over kan gaan."
    model = Zaakobjecttype
    order_by = ("zaaktype", "relatie_omschrijving", "pk")
    representation = Representation(
        url=Self(),
        anderObjecttype=Field(),
        beginGeldigheid=ZaaktypeDate(),
        eindeGeldigheid=ZaaktypeDate(),
        beginObject=ObjectDate(through="zaaktype__"),
        eindeObject=ObjectDate(through="zaaktype__"),
        objecttype=Field(),
        relatieOmschrijving=Field(),
        zaaktype=Link(expand=True),
        zaaktypeIdentificatie=Computed(lambda: F("zaaktype__identificatie"), {"type": "string"}),
        resultaattypen=Resolved(Resultaattype, _resultaattypen),
        resultaattypeOmschrijving=ResolvedNames(_resultaattype_names),
        statustypen=Resolved(Statustype, _statustypen),
        catalogus=ZaaktypeCatalogus(),
    )
    operations = subtype.operations(
        {
            "anderObjecttype": Yes("ander_objecttype"),
            "catalogus": LinkTo("zaaktype__catalogus", Catalogus),
            "datumBeginGeldigheid": ZaaktypeDay("begin_geldigheid"),
            "datumEindeGeldigheid": ZaaktypeDay("einde_geldigheid"),
            "datumGeldigheid": ValidOn("zaaktype__"),
            "objecttype": UrlText("objecttype"),
            "relatieOmschrijving": Text("relatie_omschrijving"),
            "zaaktype": LinkTo("zaaktype", Zaaktype),
            "zaaktypeIdentificatie": Text("zaaktype__identificatie"),
            **of_open_zaak({"status": ByStatus("zaaktype__", default="alles").explained(STATUS)}),
        }
    )
