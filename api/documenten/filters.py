"""What narrows a list of documents, and what orders it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from rest_framework import serializers

from api.catalogi.models import Informatieobjecttype
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.documenten.models import ObjectInformatieObject
from api.documenten.models.keuzes import ObjectType
from api.pipeline.validate.filters import (
    AmongThese,
    Containing,
    Day,
    Filter,
    LinkTo,
    Lookup,
    OneOf,
    Overlapping,
    PartOf,
    Text,
    Through,
    UrlText,
    Yes,
    of_open_zaak,
)


class Locked(Yes):
    """Whether somebody holds the lock."""

    def __init__(self) -> None:
        super().__init__("lock")

    def condition(self, value: Any) -> Any:
        unlocked = Q(lock="")
        return ~unlocked if value else unlocked


def _belongs_to(inner: Lookup) -> Through:
    return Through(ObjectInformatieObject, "informatieobject", inner)


def _keys() -> AmongThese:
    one = Lookup("pk", serializers.UUIDField(), schema={"type": "string", "format": "uuid"})
    keys = AmongThese(one)
    keys.required = True
    return keys


OF_THE_STANDARD: dict[str, Filter] = {
    "identificatie": Text("identificatie"),
    "bronorganisatie": Text("bronorganisatie"),
}
LIST_FILTERS: dict[str, Filter] = {
    **OF_THE_STANDARD,
    "objectinformatieobjecten_object": _belongs_to(UrlText("object")),
    "objectinformatieobjecten_objectType": _belongs_to(OneOf("object_type", ObjectType.choices)),
    "trefwoorden": Containing("trefwoorden"),
    **of_open_zaak(
        {
            "auteur": PartOf("auteur", 200),
            "beschrijving": PartOf("beschrijving", 1000),
            "creatiedatum__gte": Day("creatiedatum", "gte"),
            "creatiedatum__lte": Day("creatiedatum", "lte"),
            "informatieobjecttype": LinkTo("informatieobjecttype", Informatieobjecttype),
            "locked": Locked(),
            "objectinformatieobjecten__object": _belongs_to(UrlText("object")),
            "objectinformatieobjecten__objectType": _belongs_to(OneOf("object_type", ObjectType.choices)),
            "titel": Text("titel"),
            "trefwoorden__overlap": Overlapping("trefwoorden"),
            "vertrouwelijkheidaanduiding": OneOf(
                "vertrouwelijkheidaanduiding", Vertrouwelijkheidaanduiding.choices
            ),
        }
    ),
}
SEARCH_FILTERS: dict[str, Filter] = {"uuid__in": _keys(), **OF_THE_STANDARD}
ORDERING = (
    "auteur",
    "bestandsomvang",
    "creatiedatum",
    "formaat",
    "status",
    "titel",
    "vertrouwelijkheidaanduiding",
)
