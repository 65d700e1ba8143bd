"""What the representation of a document has beyond the vocabulary of all: its content and its parts."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Case, F, JSONField, Model, OuterRef, Value, When
from rest_framework import serializers

from api.documenten.content.uploaded import Uploaded
from api.documenten.models import BestandsDeel, EnkelvoudigInformatieObject
from api.pipeline.represent.members import Member
from api.pipeline.sql.rows import BoundedJsonList, Sql
from api.pipeline.words import registry

NO_TEXT = "Verwachtte base64, of null waar geen inhoud is."


class Locked(Member):
    """Whether somebody holds the lock of the document."""

    def __init__(self, attribute: str) -> None:
        super().__init__(attribute, read_only=True, schema={"type": "boolean"})

    def expression(self, model: type[Model]) -> Any:
        unlocked = When(**{self.attribute: ""}, then=Value(value=False))
        return Case(unlocked, default=Value(value=True), output_field=BooleanField())


class Content(Member):
    """Base64 in a request; in an answer the address of the bytes of this version, null where there are none.

    ``document`` is the column with the key of the document.
    """

    def __init__(self, document: str = "pk") -> None:
        super().__init__("content")
        self.document = document

    def expression(self, model: type[Model]) -> Any:
        resource = registry.resource_for(EnkelvoudigInformatieObject)
        root = f"{resource.api.root}/{resource.path}"
        return Sql(
            "CASE WHEN {} IS NOT NULL OR {} = 0 THEN"
            f" ('\"\\{root}/' || {{}}::text || '/download?versie=' || {{}}::text || '\"')::json END",
            F("inhoud_id"),
            F("bestandsomvang"),
            F(self.document),
            F("versie"),
            output_field=JSONField(),
        )

    def field(self, model: type[Model]) -> Any:
        return ContentField(required=False, allow_null=True, source=self.attribute)

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {"type": "string", "nullable": True}


class ContentField(serializers.Field[Any, Any, Any, Any]):
    """What the body brought; the text of it was taken out while the body was read."""

    default_error_messages = {"invalid": NO_TEXT}

    def to_internal_value(self, data: Any) -> Any:
        if data == "":
            return ""
        if not isinstance(data, Uploaded):
            self.fail("invalid")
        return data

    def to_representation(self, value: Any) -> Any:
        return value


class Parts(Member):
    """The parts in which content is still to come, with the lock that each of them needs."""

    def __init__(self) -> None:
        super().__init__("bestandsdelen", read_only=True)

    def expression(self, model: type[Model]) -> Any:
        row = registry.resource_for(BestandsDeel).representation.row(BestandsDeel)
        rows = BestandsDeel.objects.filter(document=OuterRef("pk")).order_by("volgnummer")
        # most documents have none
        return Sql(
            "CASE WHEN {} IS NULL AND {} > 0 THEN {} ELSE '[]'::json END",
            F("inhoud_id"),
            F("bestandsomvang"),
            BoundedJsonList(rows.values_list(row)),
            output_field=JSONField(),
        )

    def schema(self, model: type[Model]) -> dict[str, Any]:
        items = {"$ref": "#/components/schemas/BestandsDeel"}
        return {"type": "array", "items": items, "readOnly": True}


class NoParts(Parts):
    """Of a version that is no longer the newest: its parts went to the next one, or went."""

    def expression(self, model: type[Model]) -> Any:
        return Sql("'[]'::json", output_field=JSONField())
