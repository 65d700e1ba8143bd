"""Members that are made of others: columns under one name, and small objects in a jsonb column."""

from __future__ import annotations

from typing import Any

from django.db.models import F, JSONField, Model, Q
from rest_framework import serializers

from api.pipeline.represent.members import Member
from api.pipeline.sql.compiled import OPEN_ZAAK
from api.pipeline.sql.rows import Row, Sql
from api.pipeline.validate import values
from api.pipeline.validate.columns import rendered_url


class Group(Member):
    """Columns that stand together under one name (zrc-012): null or absent means not set.

    ``Group(reden=Field("verlenging_reden", required=True), …)``; the columns' defaults are what
    "not set" means, and the group is rendered in any case; but as null to clients of Open Zaak where it is
    ``absent`` there.
    """

    def __init__(
        self, *, nullable: bool = True, required: bool = False, absent: bool = False, **members: Any
    ) -> None:
        super().__init__(required=required)
        self.nullable = nullable
        self.absent = absent
        self.members: dict[str, Member] = members

    def named(self, name: str) -> None:
        super().named(name)
        for member_name, member in self.members.items():
            member.named(member_name)
            if member._attribute is None:  # noqa: SLF001 - one class with its own members
                member.attribute = f"{self.attribute}_{member.attribute}"

    def expression(self, model: type[Model]) -> Any:
        row = Row({name: member.expression(model) for name, member in self.members.items()})
        if not self.absent:
            return row
        unset = Q(**self._unset(model))
        return Sql(
            "CASE WHEN {} AND {} THEN NULL ELSE {} END", OPEN_ZAAK, unset, row, output_field=JSONField()
        )

    def field(self, model: type[Model]) -> serializers.Field[Any, Any, Any, Any] | None:
        fields = {name: member.field(model) for name, member in self.members.items()}
        unset = self._unset(model)
        return values.group(self.name, fields, unset, nullable=self.nullable, required=bool(self.required))

    def schema(self, model: type[Model]) -> dict[str, Any]:
        fields = {name: member.field(model) for name, member in self.members.items()}
        required = sorted(name for name, field in fields.items() if field is not None and field.required)
        return {
            "type": "object",
            "properties": {name: member.schema(model) for name, member in self.members.items()},
            **({"required": required} if required else {}),
            **({"nullable": True} if self.nullable else {}),
        }

    def _unset(self, model: type[Model]) -> dict[str, Any]:
        return {
            member.attribute: model._meta.get_field(member.attribute).get_default()  # type: ignore[union-attr]
            for member in self.members.values()
        }


class Nested(Member):
    """A small object in a jsonb column, or null; ``many`` for a list of them.

    ``whole`` for an object of texts alone that clients of Open Zaak find in any case: with empty texts where
    there is none.
    """

    def __init__(
        self,
        item: type[serializers.Serializer[Any]],
        attribute: str | None = None,
        *,
        many: bool = False,
        whole: bool = False,
    ) -> None:
        super().__init__(attribute)
        self.item = item
        self.many = many
        self.whole = whole

    def expression(self, model: type[Model]) -> Any:
        rendered = rendered_object(self.item(), F(self.attribute), many=self.many)
        if not self.whole:
            return rendered
        texts = ", ".join(f"'{name}', ''" for name in self.item().fields)
        nothing = f"CASE WHEN {{}} THEN jsonb_build_object({texts}) END"
        return Sql(f"COALESCE({{}}, {nothing})", rendered, OPEN_ZAAK, output_field=JSONField())

    def field(self, model: type[Model]) -> serializers.Field[Any, Any, Any, Any] | None:
        if self.many:
            return self.item(many=True, required=False, source=self.attribute)
        return self.item(required=False, allow_null=True, source=self.attribute)

    def schema(self, model: type[Model]) -> dict[str, Any]:
        described = values.described_serializer(self.item())
        return {"type": "array", "items": described} if self.many else {**described, "nullable": True}


def rendered_object(item: serializers.Serializer[Any], stored: Any, *, many: bool) -> Any:
    """A jsonb column of small objects as it is answered: their URLs as rendered JSON."""
    if not any(isinstance(field, values.UrlField) for field in item.fields.values()):
        return stored
    each = Sql("each.value") if many else stored
    row = Row(
        {
            name: rendered_url(Sql(f"({{}} ->> '{name}')", each))
            if isinstance(field, values.UrlField)
            else Sql(f"({{}} -> '{name}')", each)
            for name, field in item.fields.items()
        }
    )
    if not many:
        return Sql("CASE WHEN {} IS NOT NULL THEN {} END", stored, row, output_field=JSONField())
    return Sql(
        # most rows have none
        "CASE WHEN {} = '[]'::jsonb THEN '[]'::json ELSE"
        " (SELECT COALESCE(json_agg({} ORDER BY each.n), '[]'::json)"
        " FROM jsonb_array_elements({}) WITH ORDINALITY AS each(value, n)) END",
        stored,
        row,
        stored,
        output_field=JSONField(),
    )
