"""The parts of an applicatie that are rows of their own: its client ids and its rights."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, F, Func, JSONField, Model, OuterRef, TextField, Value, When
from rest_framework import serializers

from api.autorisaties.types import TYPED, Typed
from api.autorisaties.wide import kept, key_of
from api.clients.client_ids import give
from api.clients.models import Autorisatie, ClientId, Component
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.commit.stored import StoredAfter
from api.pipeline.declare.write import Write
from api.pipeline.represent.links import stored_url_of
from api.pipeline.represent.members import Member
from api.pipeline.sql.rows import JsonList, PresentRow, Row, Sql
from api.pipeline.validate import references, values
from api.pipeline.validate.columns import rendered_url
from api.pipeline.validate.objects import ObjectSerializer

LEVEL = "maxVertrouwelijkheidaanduiding"
OPTIONAL = frozenset((LEVEL, *(typed.attribute for typed in TYPED.values())))


class ClientIds(StoredAfter, Member):
    """The ids with which the application signs its tokens, one for each provider."""

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
        give(write.instance, value)

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string", "maxLength": 50}}


class AutorisatieWrite(ObjectSerializer):
    """One autorisatie as a client writes it; which members count depends on the component."""

    component = serializers.ChoiceField(Component.choices)
    scopes = serializers.ListField(child=serializers.CharField(max_length=100))
    zaaktype = values.UrlField(max_length=1000, required=False)
    informatieobjecttype = values.UrlField(max_length=1000, required=False)
    besluittype = values.UrlField(max_length=1000, required=False)
    maxVertrouwelijkheidaanduiding = values.OrdinalField(  # noqa: N815 - on the wire
        Vertrouwelijkheidaanduiding.choices, required=False
    )

    def to_internal_value(self, data: Any) -> Any:
        """An empty type or level, as some send for what has none, is an absent one."""
        if isinstance(data, dict):
            data = {name: value for name, value in data.items() if value != "" or name not in OPTIONAL}
        return super().to_internal_value(data)


class Autorisaties(StoredAfter, Member):
    """What the application may do; a list that is given replaces the whole set (x-ac-05).

    A right on a catalogus, or on an identificatie in one, shows as one autorisatie for each type
    that it covers now.
    """

    def expression(self, model: type[Model]) -> Any:
        own = Autorisatie.objects.filter(applicatie=OuterRef("pk")).order_by("volgorde", "pk")
        plain = Case(
            *(When(component=component, then=_plain(typed)) for component, typed in TYPED.items()),
            default=Sql("json_build_array({})", Row(_members()), output_field=JSONField()),
            output_field=JSONField(),
        )
        return JsonList(own.values_list(Each(plain)))

    def field(self, model: type[Model]) -> Any:
        return AutorisatieWrite(many=True, required=False)

    def store(self, write: Write, value: list[dict[str, Any]]) -> None:
        """Replace the rights by these; a wide one stays where all that it showed is given again."""
        given = [_stored(write, item, volgorde) for volgorde, item in enumerate(value)]
        staying = kept(write.instance, given)
        shown = {each for wide in staying for each in wide.shown}
        write.instance.autorisaties.exclude(pk__in=[wide.right.pk for wide in staying]).delete()
        Autorisatie.objects.bulk_create(right for right in given if key_of(right) not in shown)

    def schema(self, model: type[Model]) -> dict[str, Any]:
        item = values.described_serializer(AutorisatieWrite())
        item["properties"]["componentWeergave"] = {"type": "string", "readOnly": True}
        return {"type": "array", "items": item}


class Each(Func):
    """The elements of a JSON array, each in a row of its own."""

    function = "json_array_elements"
    set_returning = True
    output_field = JSONField()


def _plain(typed: Typed) -> Sql:
    """The array of what an autorisatie shows: one for each type, or for the one that it names."""
    covered = typed.covered(OuterRef("catalogus_id"), OuterRef("identificatie"))
    urls = Sql(
        "CASE WHEN {} IS NULL THEN ARRAY[{}::text] ELSE {} END",
        F("catalogus_id"),
        F("type_url"),
        ArraySubquery(covered.values_list(stored_url_of(typed.model))),
        output_field=ArrayField(TextField()),
    )
    members: dict[str, Any] = {typed.attribute: rendered_url(Sql("NULLIF(named.url, '')"))}
    if typed.levelled:
        members[LEVEL] = _word("max_vertrouwelijkheidaanduiding", Vertrouwelijkheidaanduiding.choices)
    return Sql(
        "COALESCE((SELECT json_agg({}) FROM unnest({}) AS named(url)), '[]'::json)",
        PresentRow({name: _as_json(member) for name, member in _members(**members).items()}),
        urls,
        output_field=JSONField(),
    )


def _members(**members: Any) -> dict[str, Any]:
    weergave = _word("component", Component.choices)
    return {"component": F("component"), "componentWeergave": weergave, "scopes": F("scopes"), **members}


def _as_json(member: Any) -> Sql:
    return Sql("to_json({})", member, output_field=JSONField())


def _word(attribute: str, choices: Any) -> Case:
    whens = [When(**{attribute: value}, then=Value(label)) for value, label in choices]
    return Case(*whens, default=None, output_field=CharField())


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
