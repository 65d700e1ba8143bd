"""The parts of an applicatie that are rows of their own: its client ids and its rights."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, F, JSONField, Model, OuterRef, Value, When
from rest_framework import serializers

from api.autorisaties.types import TYPED
from api.clients.models import Autorisatie, ClientId, Component
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline import references, shapes
from api.pipeline.members import Member
from api.pipeline.rows import JsonList, Row
from api.pipeline.write import Write

LEVEL = "maxVertrouwelijkheidaanduiding"


class ClientIds(Member):
    """The ids with which the application signs its tokens, one for each provider."""

    stored_after = True

    def __init__(self) -> None:
        super().__init__(required=True)

    def expression(self, model: type[Model]) -> Any:
        own = ClientId.objects.filter(applicatie=OuterRef("pk")).order_by("volgorde")
        return JsonList(own.values_list("client_id"))

    def field(self, model: type[Model]) -> Any:
        child = serializers.CharField(max_length=50)
        return serializers.ListField(child=child, source=self.attribute, required=True)

    def store(self, write: Write, value: list[str]) -> None:
        """Replace the ids by these."""
        write.instance.client_ids.all().delete()
        ClientId.objects.bulk_create(
            ClientId(client_id=client_id, applicatie=write.instance, volgorde=index)
            for index, client_id in enumerate(dict.fromkeys(value))
        )

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string", "maxLength": 50}}


class AutorisatieWrite(serializers.Serializer[Any]):
    """One autorisatie as a client writes it; which members count depends on the component."""

    component = serializers.ChoiceField(Component.choices)
    scopes = serializers.ListField(child=serializers.CharField(max_length=100))
    zaaktype = shapes.UrlField(max_length=1000, required=False, allow_blank=True)
    informatieobjecttype = shapes.UrlField(max_length=1000, required=False, allow_blank=True)
    besluittype = shapes.UrlField(max_length=1000, required=False, allow_blank=True)
    maxVertrouwelijkheidaanduiding = shapes.OrdinalField(  # noqa: N815 - on the wire
        Vertrouwelijkheidaanduiding.choices, required=False
    )


class Autorisaties(Member):
    """What the application may do; a list that is given replaces the whole set (x-ac-05)."""

    stored_after = True

    def expression(self, model: type[Model]) -> Any:
        own = Autorisatie.objects.filter(applicatie=OuterRef("pk")).order_by("volgorde")
        typed = [When(component=component, then=_row(component)) for component in TYPED]
        return JsonList(own.values_list(Case(*typed, default=_row(""), output_field=JSONField())))

    def field(self, model: type[Model]) -> Any:
        return AutorisatieWrite(many=True, required=False)

    def store(self, write: Write, value: list[dict[str, Any]]) -> None:
        """Replace the rights by these."""
        write.instance.autorisaties.all().delete()
        Autorisatie.objects.bulk_create(_stored(write, item, volgorde) for volgorde, item in enumerate(value))

    def schema(self, model: type[Model]) -> dict[str, Any]:
        item = shapes.described_serializer(AutorisatieWrite())
        item["properties"]["componentWeergave"] = {"type": "string", "readOnly": True}
        return {"type": "array", "items": item}


def _row(component: str) -> Row:
    labels = [When(component=value, then=Value(label)) for value, label in Component.choices]
    members: dict[str, Any] = {
        "component": F("component"),
        "componentWeergave": Case(*labels, output_field=CharField()),
        "scopes": F("scopes"),
    }
    typed = TYPED.get(component)
    if typed is not None:
        members[typed.attribute] = F("type_url")
    if typed is not None and typed.levelled:
        levels = [
            When(max_vertrouwelijkheidaanduiding=value, then=Value(label))
            for value, label in Vertrouwelijkheidaanduiding.choices
        ]
        members[LEVEL] = Case(*levels, default=Value(""), output_field=CharField())
    return Row(members)


def _stored(write: Write, item: dict[str, Any], volgorde: int) -> Autorisatie:
    typed = TYPED.get(item["component"])
    url = item.get(typed.attribute, "") if typed else ""
    reference = references.find_stored(url)
    return Autorisatie(
        applicatie=write.instance,
        volgorde=volgorde,
        component=item["component"],
        scopes=item["scopes"],
        type_url=url,
        type_uuid=reference.uuid if reference else None,
        max_vertrouwelijkheidaanduiding=item.get(LEVEL) if typed and typed.levelled else None,
    )
