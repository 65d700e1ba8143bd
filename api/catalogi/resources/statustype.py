"""``/statustypen``."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef
from rest_framework import serializers

from api.catalogi.from_zaaktype import ZaaktypeDate
from api.catalogi.models import Statustype
from api.catalogi.objectdate import ObjectDate
from api.catalogi.required_eigenschappen import RequiredEigenschappen
from api.catalogi.resources import subtype
from api.catalogi.resources.catalogi import SubtypeResource
from api.catalogi.rules.correction import (
    eigenschappen_stay_required,
    statustype_comes_last,
    unchanged,
)
from api.catalogi.rules.required_eigenschappen import eigenschappen_of_same_zaaktype
from api.catalogi.rules.volgnummer import volgnummer_unique, volgnummer_up_to
from api.pipeline.represent.groups import Nested
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Computed, Field
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.objects import ObjectSerializer


class Checklistitem(ObjectSerializer):
    """One line of a checklist."""

    itemnaam = serializers.CharField(max_length=30)
    toelichting = serializers.CharField(max_length=1000, allow_blank=True, default="")
    vraagstelling = serializers.CharField(max_length=255)
    verplicht = serializers.BooleanField(default=False)


def _is_eindstatus() -> Any:
    later = Statustype.objects.filter(zaaktype=OuterRef("zaaktype"), volgnummer__gt=OuterRef("volgnummer"))
    return ~Exists(later)


class StatustypeResource(SubtypeResource):
    """A step that zaken of a zaaktype pass through; the highest number is the last (x-ztc-08)."""

    path = "statustypen"
    noun = "statustype"
    explanation = "Een stap in de behandeling van een zaak; de laatste sluit haar."
    model = Statustype
    order_by = ("zaaktype", "volgnummer")
    representation = Representation(
        url=Self(),
        omschrijving=Field(),
        omschrijvingGeneriek=Field(),
        statustekst=Field(),
        zaaktype=Link(expand=True),
        catalogus=Link("zaaktype__catalogus", read_only=True, expand=True),
        zaaktypeIdentificatie=Computed(lambda: F("zaaktype__identificatie"), {"type": "string"}),
        volgnummer=Field(),
        isEindstatus=Computed(_is_eindstatus, {"type": "boolean"}),
        informeren=Field(),
        doorlooptijd=Field(),
        toelichting=Field(),
        checklistitemStatustype=Nested(Checklistitem, many=True),
        eigenschappen=RequiredEigenschappen(),
        beginGeldigheid=ZaaktypeDate(),
        eindeGeldigheid=ZaaktypeDate(),
        beginObject=ObjectDate(through="zaaktype__"),
        eindeObject=ObjectDate(through="zaaktype__"),
    )
    operations = subtype.operations(
        subtype.filters(),
        rules=(volgnummer_up_to(9999), volgnummer_unique, eigenschappen_of_same_zaaktype),
        extending=(unchanged("volgnummer"), statustype_comes_last, eigenschappen_stay_required),
    )
