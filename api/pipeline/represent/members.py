"""The vocabulary of a representation: what a resource's JSON is made of.

A member says once how it is rendered (an expression for PostgreSQL), how it is written (a field
that validates), how it reads in the OpenAPI document, and where it leads when it is expanded.
``Representation(einddatum=Field(read_only=True), zaaktype=Link(), …)`` gives a member its name;
the attribute of the model follows from the name unless it is given. Members that lead to other
objects stand in ``links``, those that are made of others in ``groups``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from django.db.models import Case, F, JSONField, Model, TextField, Value, When
from rest_framework import serializers

from api.pipeline.sql.compiled import READER
from api.pipeline.sql.rows import Sql
from api.pipeline.sql.tree import Tree
from api.pipeline.validate import columns, values
from api.pipeline.words.names import attribute_of


class Member(ABC):
    """One name in a representation. Read-only and a column, unless a kind says otherwise."""

    name: str
    attribute: str
    leads_to_many = False
    """Whether expanding it gives a list."""

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

    def schema(self, model: type[Model]) -> dict[str, Any]:
        """How the member reads in the OpenAPI document."""
        return {**dict(self._schema or {}), **({"readOnly": True} if self.read_only else {})}


class Field(Member):
    """A column; its type decides how it is rendered, validated and described."""

    def expression(self, model: type[Model]) -> Any:
        return columns.rendered(model._meta.get_field(self.attribute))

    def field(self, model: type[Model]) -> serializers.Field[Any, Any, Any, Any] | None:
        if self.read_only:
            return None
        return columns.writable(model._meta.get_field(self.attribute), self.attribute, required=self.required)

    def schema(self, model: type[Model]) -> dict[str, Any]:
        described = columns.described(model._meta.get_field(self.attribute))
        return {**described, **super().schema(model)}


class LocalMoment(Field):
    """A moment whose date is read as a day: with the offset of Amsterdam, where the others are in UTC."""

    def expression(self, model: type[Model]) -> Any:
        column: Any = model._meta.get_field(self.attribute)
        return columns.rendered_locally(column)


class Computed(Member):
    """A value that follows from the row: ``Computed(expression, {"type": "boolean"})``."""

    def __init__(self, expression: Any, schema: Mapping[str, Any]) -> None:
        super().__init__(read_only=True, schema=schema)
        self._expression = expression

    def expression(self, model: type[Model]) -> Any:
        return self._expression() if callable(self._expression) else self._expression


class Url(Field):
    """A URL that may point anywhere; kept relative when it is the municipality's own."""

    def expression(self, model: type[Model]) -> Any:
        return columns.rendered_url(F(self.attribute))

    def field(self, model: type[Model]) -> serializers.Field[Any, Any, Any, Any] | None:
        if self.read_only:
            return None
        column: Any = model._meta.get_field(self.attribute)
        return values.UrlField(
            source=self.attribute,
            max_length=column.max_length,
            required=bool(self.required),
            allow_blank=column.blank,
        )

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {**super().schema(model), "format": "uri"}


class Secret(Member):
    """A text that the client which holds it is told, and nobody else: others read an empty one.

    ``holder`` is the column of that client's id; a text that is not empty has one. What is kept of a
    representation (the trail) never has it.
    """

    def __init__(self, attribute: str, *, holder: str, schema: Mapping[str, Any]) -> None:
        super().__init__(attribute, read_only=True, schema=schema)
        self.holder = holder

    def expression(self, model: type[Model]) -> Any:
        told = Sql("({} = {} AND {} <> '')", F(self.holder), READER, F(self.holder))
        return Sql("CASE WHEN {} THEN {} ELSE '' END", told, F(self.attribute))


class Choice(Field):
    """A closed set kept as its order: rendered as the word, compared as the number.

    ``blank`` where an empty text may be given: it says nothing, and becomes ``None``.
    """

    def __init__(self, attribute: str | None = None, *, blank: bool = False, **options: Any) -> None:
        super().__init__(attribute, **options)
        self.blank = blank

    def expression(self, model: type[Model]) -> Any:
        column: Any = model._meta.get_field(self.attribute)
        cases = [When(**{self.attribute: value}, then=Value(label)) for value, label in column.choices]
        return Case(*cases, default=None, output_field=TextField())

    def field(self, model: type[Model]) -> serializers.Field[Any, Any, Any, Any] | None:
        column: Any = model._meta.get_field(self.attribute)
        if self.read_only:
            return None
        return values.OrdinalField(
            column.choices,
            source=self.attribute,
            required=bool(self.required),
            allow_null=column.null,
            allow_blank=self.blank,
        )

    def schema(self, model: type[Model]) -> dict[str, Any]:
        column: Any = model._meta.get_field(self.attribute)
        readonly = {"readOnly": True} if self.read_only else {}
        words = [label for _, label in column.choices] + ([""] if self.blank else [])
        schema = {"type": "string", "enum": words, **readonly}
        return values.or_null(schema) if column.null else schema


class Geometry(Field):
    """A GeoJSON geometry in EPSG:4326."""

    def expression(self, model: type[Model]) -> Any:
        return Sql("ST_AsGeoJSON({}, 15)::json", F(self.attribute), output_field=JSONField())
