"""The vocabulary of a representation: what a resource's JSON is made of.

A member says once how it is rendered (an expression for PostgreSQL), how it is written (a field
that validates), how it reads in the OpenAPI document, and where it leads when it is expanded.
``Representation(einddatum=Field(read_only=True), zaaktype=Link(), …)`` gives a member its name;
the attribute of the model follows from the name unless it is given.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    F,
    ForeignKey,
    JSONField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from rest_framework import serializers

from api.pipeline import registry, shapes
from api.pipeline.names import attribute_of
from api.pipeline.references import PREFIX
from api.pipeline.rows import JsonList, Row, Sql

if TYPE_CHECKING:
    from api.pipeline.expand import Tree
    from api.pipeline.write import Write


NO_LINKS = Sql("'[]'::json", output_field=JSONField())
"""What a relation to a resource that is not served looks like."""


class Member(ABC):
    """One name in a representation. Read-only and a column, unless a kind says otherwise."""

    name: str
    attribute: str
    stored_after = False
    """Whether its value is no column, and is stored once the row has been saved."""

    def __init__(  # noqa: PLR0913 - the vocabulary of a declaration
        self,
        attribute: str | None = None,
        *,
        read_only: bool = False,
        required: bool | None = None,
        immutable: bool = False,
        experimental: bool = False,
        schema: Mapping[str, Any] | None = None,
    ) -> None:
        self._attribute = attribute
        self.read_only = read_only
        self.required = required
        self.immutable = immutable
        self.experimental = experimental
        self._schema = schema

    def named(self, name: str) -> None:
        """Take the name that the declaration gives."""
        self.name = name
        self.attribute = self._attribute or attribute_of(name)

    @abstractmethod
    def expression(self, model: type[Model]) -> Any:
        """The value, in terms of a row of the model."""

    def field(self, model: type[Model]) -> serializers.Field[Any, Any, Any, Any] | None:
        """What validates a new value; ``None`` where clients cannot write it."""
        return None

    def expanded(self, model: type[Model], tree: Tree) -> Any:
        """The related object or objects in full; ``None`` where the member leads nowhere."""
        return None

    def target(self, model: type[Model]) -> type[Model] | None:
        """The model that expanding leads to."""
        return None

    def settled(self, write: Write, value: Any) -> Any:
        """What is to be stored of a value that a client gave, now that the row is locked."""
        return value

    def store(self, write: Write, value: Any) -> None:  # noqa: B027 - a column is stored with its row
        """Keep the value of a member that is no column."""

    def schema(self, model: type[Model]) -> dict[str, Any]:
        """How the member reads in the OpenAPI document."""
        return {**dict(self._schema or {}), **({"readOnly": True} if self.read_only else {})}


class Self(Member):
    """``url``: where the object itself lives."""

    def __init__(self) -> None:
        super().__init__("pk", read_only=True)

    def expression(self, model: type[Model]) -> Any:
        return link_to(model, "pk")

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {"type": "string", "format": "uri", "readOnly": True, "minLength": 1, "maxLength": 1000}


class Field(Member):
    """A column; its type decides how it is rendered, validated and described."""

    def expression(self, model: type[Model]) -> Any:
        return shapes.rendered(model._meta.get_field(self.attribute))

    def field(self, model: type[Model]) -> serializers.Field[Any, Any, Any, Any] | None:
        if self.read_only:
            return None
        return shapes.writable(model._meta.get_field(self.attribute), self.attribute, required=self.required)

    def schema(self, model: type[Model]) -> dict[str, Any]:
        described = shapes.described(model._meta.get_field(self.attribute))
        return {**described, **super().schema(model)}


class LocalMoment(Field):
    """A moment whose date is read as a day: with the offset of Amsterdam, where the others are in UTC."""

    def expression(self, model: type[Model]) -> Any:
        column: Any = model._meta.get_field(self.attribute)
        return shapes.rendered_locally(column)


class Computed(Member):
    """A value that follows from the row: ``Computed(expression, {"type": "boolean"})``."""

    def __init__(self, expression: Any, schema: Mapping[str, Any]) -> None:
        super().__init__(read_only=True, schema=schema)
        self._expression = expression

    def expression(self, model: type[Model]) -> Any:
        return self._expression() if callable(self._expression) else self._expression


class Url(Field):
    """A URL that may point anywhere; kept relative when it is the municipality's own."""

    def field(self, model: type[Model]) -> serializers.Field[Any, Any, Any, Any] | None:
        if self.read_only:
            return None
        column: Any = model._meta.get_field(self.attribute)
        return shapes.UrlField(
            source=self.attribute,
            max_length=column.max_length,
            required=bool(self.required),
            allow_blank=column.blank,
        )

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {**super().schema(model), "format": "uri"}


class Link(Member):
    """A foreign key, or the end of a path of them, as a URL: ``Link("zaaktype__catalogus")``."""

    def __init__(
        self,
        attribute: str | None = None,
        *,
        expand: bool = False,
        missing_code: str = "bad-url",
        **options: Any,
    ) -> None:
        super().__init__(attribute, **options)
        self.expands = expand
        self.missing_code = missing_code

    def expression(self, model: type[Model]) -> Any:
        return link_to(self._target(model), f"{self.attribute}_id")

    def field(self, model: type[Model]) -> serializers.Field[Any, Any, Any, Any] | None:
        if self.read_only:
            return None
        column = self._column(model)
        return shapes.LinkField(
            target=self._target(model),
            missing_code=self.missing_code,
            source=self.attribute,
            required=not column.null if self.required is None else self.required,
            allow_null=column.null,
        )

    def target(self, model: type[Model]) -> type[Model] | None:
        return self._target(model) if self.expands else None

    def expanded(self, model: type[Model], tree: Tree) -> Any:
        """The object; an empty one where there is none; NULL (left out) where it may not be seen."""
        target = self._target(model)
        related = target._default_manager.filter(pk=OuterRef(f"{self.attribute}_id"))
        return Sql(
            "CASE WHEN {} IS NULL THEN '{{}}'::json ELSE {} END",
            F(f"{self.attribute}_id"),
            _visible_object(related, target, tree),
            output_field=JSONField(),
        )

    def schema(self, model: type[Model]) -> dict[str, Any]:
        nullable = {"nullable": True} if self._column(model).null else {}
        return {"type": "string", "format": "uri", **nullable, **super().schema(model)}

    def _column(self, model: type[Model]) -> ForeignKey[Any, Any]:
        column: Any = None
        for step in self.attribute.split("__"):
            column = model._meta.get_field(step)
            model = column.related_model
        return column

    def _target(self, model: type[Model]) -> type[Model]:
        return self._column(model).related_model  # type: ignore[return-value]


class Links(Member):
    """The URLs of the rows that point here, through a reverse accessor, in a fixed order.

    ``owned`` says that whoever may see this object may see those: no second condition is asked.
    """

    def __init__(
        self,
        attribute: str | None = None,
        *,
        order_by: tuple[str, ...] = ("pk",),
        expand: bool = False,
        owned: bool = False,
        where: Callable[[], Q] | None = None,
    ) -> None:
        super().__init__(attribute, read_only=True)
        self.order_by = order_by
        self.expands = expand
        self.owned = owned
        self.where = where

    def expression(self, model: type[Model]) -> Any:
        target = self._target(model)
        if not registry.is_served(target):
            return NO_LINKS
        return JsonList(self._rows(model).values_list(link_to(target, "pk")))

    def target(self, model: type[Model]) -> type[Model] | None:
        return self._target(model) if self.expands else None

    def expanded(self, model: type[Model], tree: Tree) -> Any:
        target = self._target(model)
        rows = self._rows(model)
        resource = registry.resource_for(target)
        if not self.owned:
            rows = rows.filter(resource.visible())
        return JsonList(rows.values_list(resource.representation.row(target, tree)))

    def schema(self, model: type[Model]) -> dict[str, Any]:
        items = {"type": "string", "format": "uri"}
        return {"type": "array", "items": items, "readOnly": True, "uniqueItems": True}

    def _rows(self, model: type[Model]) -> QuerySet[Any, Any]:
        relation = model._meta.get_field(self.attribute)
        rows = self._target(model)._default_manager.filter(
            **{relation.field.name: OuterRef("pk")}  # type: ignore[union-attr]
        )
        if self.where is not None:
            rows = rows.filter(self.where())
        return rows.order_by(*self.order_by)

    def _target(self, model: type[Model]) -> type[Model]:
        return model._meta.get_field(self.attribute).related_model  # type: ignore[return-value]


class One(Links):
    """The URL of the single row that points here (the resultaat, the current status), or null."""

    def expression(self, model: type[Model]) -> Any:
        target = self._target(model)
        return Subquery(self._rows(model).values_list(link_to(target, "pk"))[:1], output_field=TextField())

    def expanded(self, model: type[Model], tree: Tree) -> Any:
        target = self._target(model)
        present = _visible_object(self._rows(model), target, tree, owned=self.owned)
        return Sql("COALESCE({}, '{{}}'::json)", present, output_field=JSONField())

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {"type": "string", "format": "uri", "readOnly": True, "nullable": True}


class Choice(Field):
    """A closed set kept as its order: rendered as the word, compared as the number."""

    def expression(self, model: type[Model]) -> Any:
        column: Any = model._meta.get_field(self.attribute)
        cases = [When(**{self.attribute: value}, then=Value(label)) for value, label in column.choices]
        return Case(*cases, default=None, output_field=TextField())

    def field(self, model: type[Model]) -> serializers.Field[Any, Any, Any, Any] | None:
        column: Any = model._meta.get_field(self.attribute)
        if self.read_only:
            return None
        return shapes.OrdinalField(
            column.choices, source=self.attribute, required=bool(self.required), allow_null=column.null
        )

    def schema(self, model: type[Model]) -> dict[str, Any]:
        column: Any = model._meta.get_field(self.attribute)
        readonly = {"readOnly": True} if self.read_only else {}
        return {"type": "string", "enum": [label for _, label in column.choices], **readonly}


class Group(Member):
    """Columns that stand together under one name (zrc-012): null or absent means not set.

    ``Group(reden=Field("verlenging_reden", required=True), …)``; the columns' defaults are what
    "not set" means, and the group is rendered in any case.
    """

    def __init__(self, *, nullable: bool = True, required: bool = False, **members: Any) -> None:
        super().__init__(required=required)
        self.nullable = nullable
        self.members: dict[str, Member] = members

    def named(self, name: str) -> None:
        super().named(name)
        for member_name, member in self.members.items():
            member.named(member_name)
            if member._attribute is None:  # noqa: SLF001 - one class with its own members
                member.attribute = f"{self.attribute}_{member.attribute}"

    def expression(self, model: type[Model]) -> Any:
        return Row({name: member.expression(model) for name, member in self.members.items()})

    def field(self, model: type[Model]) -> serializers.Field[Any, Any, Any, Any] | None:
        fields = {name: member.field(model) for name, member in self.members.items()}
        unset = {
            member.attribute: model._meta.get_field(member.attribute).get_default()  # type: ignore[union-attr]
            for member in self.members.values()
        }
        return shapes.group(self.name, fields, unset, nullable=self.nullable, required=bool(self.required))

    def schema(self, model: type[Model]) -> dict[str, Any]:
        fields = {name: member.field(model) for name, member in self.members.items()}
        required = sorted(name for name, field in fields.items() if field is not None and field.required)
        return {
            "type": "object",
            "properties": {name: member.schema(model) for name, member in self.members.items()},
            **({"required": required} if required else {}),
            **({"nullable": True} if self.nullable else {}),
        }


class Objects(Member):
    """A list of small objects, validated by a nested serializer, kept in one jsonb column."""

    def __init__(self, item: type[serializers.Serializer[Any]], attribute: str | None = None) -> None:
        super().__init__(attribute)
        self.item = item

    def expression(self, model: type[Model]) -> Any:
        return F(self.attribute)

    def field(self, model: type[Model]) -> serializers.Field[Any, Any, Any, Any] | None:
        return self.item(many=True, required=False, source=self.attribute)

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {"type": "array", "items": shapes.described_serializer(self.item())}


class Nested(Member):
    """One small object in a jsonb column, or null."""

    def __init__(self, item: type[serializers.Serializer[Any]], attribute: str | None = None) -> None:
        super().__init__(attribute)
        self.item = item

    def expression(self, model: type[Model]) -> Any:
        return F(self.attribute)

    def field(self, model: type[Model]) -> serializers.Field[Any, Any, Any, Any] | None:
        return self.item(required=False, allow_null=True, source=self.attribute)

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {**shapes.described_serializer(self.item()), "nullable": True}


class Geometry(Field):
    """A GeoJSON geometry in EPSG:4326."""

    def expression(self, model: type[Model]) -> Any:
        return Sql("ST_AsGeoJSON({}, 15)::json", F(self.attribute), output_field=JSONField())


def link_to(model: type[Model], key: str) -> Sql:
    """The relative URL of a row of the model, by its primary key; NULL where there is none."""
    resource = registry.resource_for(model)
    return Sql(f"('{PREFIX}{resource.root()}/' || {{}}::text)", F(key))


def _visible_object(rows: QuerySet[Any, Any], target: type[Model], tree: Tree, *, owned: bool = False) -> Any:
    resource = registry.resource_for(target)
    visible = rows if owned else rows.filter(resource.visible())
    row = visible.values_list(resource.representation.row(target, tree))
    return Subquery(row[:1], output_field=JSONField())
