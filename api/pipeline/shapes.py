"""Columns on the wire: how each type is rendered, validated and described.

The error codes are those of rules x-gen-15 and x-gen-16.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import EmailValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, JSONField
from rest_framework import serializers

from api.pipeline import geojson, outgoing, references
from api.pipeline.fields.duration import DurationField, is_duration
from api.pipeline.fields.geometry import GeometryField
from api.pipeline.rows import Sql

LONGEST_TEXT = 1_000_000
"""Characters of a text that the standard does not limit."""

# Before 1940 Amsterdam was minutes and seconds ahead; an offset has whole minutes, and the moment stays true.
LOCAL_MOMENT = """(
    SELECT trim(both '"' from to_json(m.utc + m.ahead)::text) || to_char(m.ahead, '+HH24:MI')
    FROM (SELECT
        {0} AT TIME ZONE 'UTC' AS utc,
        date_trunc('minute', ({0} AT TIME ZONE 'Europe/Amsterdam') - ({0} AT TIME ZONE 'UTC')) AS ahead
    ) AS m
)"""

AnyField = serializers.Field[Any, Any, Any, Any]


def rendered(column: Any) -> Any:
    """The expression that gives the column its form on the wire."""
    if isinstance(column, models.DateTimeField):
        # 2018-04-20T13:37:00Z, with a fraction only where there is one
        return Sql("(trim(both '\"' from to_json({} AT TIME ZONE 'UTC')::text) || 'Z')", F(column.name))
    if isinstance(column, DurationField):
        return Sql("({})::text", F(column.name))
    return F(column.name)


def rendered_locally(column: models.DateTimeField[Any, Any]) -> Sql:
    """The moment as a clock in Amsterdam shows it, with its offset: 2018-04-20T15:37:00+02:00."""
    return Sql(LOCAL_MOMENT, F(column.name))


def writable(column: Any, source: str, *, required: bool | None = None) -> AnyField:
    """The field that validates a value for the column."""
    if required is None:
        required = not (column.null or column.blank or column.has_default())
    return _field(column, {"required": required, "allow_null": column.null, "source": source})


def described(column: Any) -> dict[str, Any]:
    """The column in the OpenAPI document."""
    nullable = {"nullable": True} if column.null else {}
    return {**_described(column), **nullable}


def _field(column: Any, options: dict[str, Any]) -> AnyField:  # noqa: C901, PLR0911 - a table of types
    if isinstance(column, DurationField):
        return IsoDurationField(**options)
    if isinstance(column, GeometryField):
        return GeometryValue(**options)
    if isinstance(column, ArrayField):
        child = _field(column.base_field, {})
        return serializers.ListField(child=child, **options)
    if column.choices:
        return serializers.ChoiceField(choices=_choices(column), allow_blank=column.blank, **options)
    if isinstance(column, models.DateTimeField):
        return MomentField(**options)
    if isinstance(column, models.DateField):
        return serializers.DateField(**options)
    if isinstance(column, models.BooleanField):
        return serializers.BooleanField(**options)
    if isinstance(column, models.IntegerField):
        return serializers.IntegerField(**_bounds(column), **options)
    if isinstance(column, models.URLField):
        return UrlField(max_length=column.max_length or 1000, allow_blank=column.blank, **options)
    if isinstance(column, models.CharField | models.TextField):
        validators = [v for v in column.validators if not _is_length(v)]
        return serializers.CharField(
            max_length=column.max_length or LONGEST_TEXT,
            allow_blank=column.blank,
            validators=validators or None,
            **options,
        )
    return serializers.JSONField(**options)


def _described(column: Any) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912 - a table of types
    if isinstance(column, DurationField):
        return {"type": "string", "format": "duration"}
    if isinstance(column, GeometryField):
        return {"$ref": "#/components/schemas/GeoJSONGeometry"}
    if isinstance(column, ArrayField):
        return {"type": "array", "items": _described(column.base_field)}
    if column.choices:
        blank = [""] if column.blank else []
        return {"type": "string", "enum": [value for value, _ in _choices(column)] + blank}
    if isinstance(column, models.DateTimeField):
        return {"type": "string", "format": "date-time"}
    if isinstance(column, models.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(column, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(column, models.IntegerField):
        bounds = {"max_value": "maximum", "min_value": "minimum"}
        return {"type": "integer", **{bounds[key]: value for key, value in _bounds(column).items()}}
    if isinstance(column, models.UUIDField):
        return {"type": "string", "format": "uuid"}
    if isinstance(column, JSONField):
        return {"type": "object"}
    described: dict[str, Any] = {"type": "string"}
    if column.max_length:
        described["maxLength"] = column.max_length
    if isinstance(column, models.URLField):
        described["format"] = "uri"
    elif any(isinstance(v, EmailValidator) for v in column.validators):
        described["format"] = "email"
    return described


def _choices(column: Any) -> list[tuple[Any, Any]]:
    return [(value, label) for value, label in column.choices if value != ""]


def _bounds(column: Any) -> dict[str, Any]:
    bounds = {}
    for validator in column.validators:
        if isinstance(validator, MaxValueValidator) and validator.limit_value < 32767:  # noqa: PLR2004
            bounds["max_value"] = validator.limit_value
        if isinstance(validator, MinValueValidator) and validator.limit_value > -32768:  # noqa: PLR2004
            bounds["min_value"] = validator.limit_value
    return bounds


def _is_length(validator: Any) -> bool:
    return getattr(validator, "code", "") == "max_length"


class IsoDurationField(serializers.CharField):
    """An ISO 8601 duration such as ``P30D`` or ``P1Y2M`` (x-gen-07)."""

    default_error_messages = {"invalid": "Dit is geen duur volgens ISO 8601, zoals P30D."}

    def to_internal_value(self, data: Any) -> str:
        value: str = super().to_internal_value(data)
        if not is_duration(value):
            self.fail("invalid")
        return value


class MomentField(serializers.DateTimeField):
    """A moment that exists in UTC as well: midnight of the very first day in Amsterdam does not."""

    def to_internal_value(self, value: Any) -> Any:
        try:
            return super().to_internal_value(value)
        except OverflowError:
            self.fail("overflow")


class GeometryValue(AnyField):
    """A GeoJSON geometry (x-crs-01)."""

    def to_internal_value(self, data: Any) -> Any:
        problem = geojson.problem_with(data)
        if problem:
            raise serializers.ValidationError(problem, code="invalid")
        return data

    def to_representation(self, value: Any) -> Any:
        return value


class OrdinalField(serializers.ChoiceField):
    """A word on the wire, its order in the database."""

    def __init__(self, choices: Any, **options: Any) -> None:
        self.numbers = {label: value for value, label in choices}
        super().__init__(choices=list(self.numbers), **options)

    def to_internal_value(self, data: Any) -> Any:
        return self.numbers[super().to_internal_value(data)]


class UrlField(serializers.CharField):
    """A URL; one on a host of this municipality is kept relative."""

    default_error_messages = {"bad-url": "Dit is geen geldige URL."}

    def to_internal_value(self, data: Any) -> str:
        value: str = super().to_internal_value(data)
        if not references.is_url(value):
            self.fail("bad-url")
        return references.stored(value, self.context["caller"])


class LinkField(AnyField):
    """The URL of an object of this municipality; its value is the object itself.

    Who writes many objects in one transaction can hand over those it has at hand, as ``known`` by key.
    """

    default_error_messages = {
        "bad-url": "Deze URL bestaat niet of is niet bereikbaar.",
        "invalid-resource": "Deze URL wijst naar een ander soort object dan hier hoort.",
    }

    def __init__(self, target: type[models.Model], missing_code: str = "bad-url", **options: Any) -> None:
        self.target = target
        self.missing_code = missing_code
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> models.Model:
        if not references.is_url(data):
            self.fail_as_missing()
        caller = self.context["caller"]
        reference = references.find(data, caller)
        if reference is None:
            return self.refuse_elsewhere(data)
        if reference.resource.model is not self.target:
            self.fail("invalid-resource")
        known = self.context.get("known", {}).get(reference.uuid)
        if isinstance(known, self.target):
            return known
        found = reference.resource.referable().filter(pk=reference.uuid).first()
        if found is None:
            self.fail_as_missing()
        return found  # type: ignore[return-value]

    def refuse_elsewhere(self, url: str) -> Any:
        """Another's URL: reachable, then it is not what belongs here; else it is a bad one."""
        caller = self.context["caller"]
        if not references.is_local(url, caller):
            problem = outgoing.problem_with(url, caller.municipality)
            self.fail(problem or "invalid-resource")
        return self.fail_as_missing()

    def fail_as_missing(self) -> Any:
        raise serializers.ValidationError(self.error_messages["bad-url"], code=self.missing_code)

    def to_representation(self, value: Any) -> Any:
        return value


class GroupSerializer(serializers.Serializer[Any]):
    """Members of a group: null or absent is "not set", present is validated whole (zrc-012).

    Its value is spread over the columns of the object that it belongs to.
    """

    def __init__(self, unset: Mapping[str, Any] | None = None, **options: Any) -> None:
        self.unset = unset or {}
        super().__init__(**options)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data is None and self.allow_null:
            return dict(self.unset)
        return super().run_validation(data)


def group(
    name: str,
    fields: Mapping[str, AnyField | None],
    unset: Mapping[str, Any],
    *,
    nullable: bool,
    required: bool,
) -> AnyField:
    """A nested serializer of the members of a group."""
    members = {key: unredundant(key, field) for key, field in fields.items() if field is not None}
    kind = type(f"{name.capitalize()}Group", (GroupSerializer,), members)
    return kind(unset=unset, allow_null=nullable, required=required)


def unredundant(name: str, field: Any) -> AnyField:
    """The field without a ``source`` that is its own name, which the framework refuses."""
    if field.source == name:
        field._kwargs.pop("source")  # noqa: SLF001 - a field is made again from these for each use
        field.source = None
    return field


def described_serializer(serializer: serializers.Serializer[Any]) -> dict[str, Any]:
    """A hand-written serializer in the OpenAPI document."""
    properties = {name: _described_field(field) for name, field in serializer.fields.items()}
    required = sorted(name for name, field in serializer.fields.items() if field.required)
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


def _described_field(field: Any) -> dict[str, Any]:
    nullable = {"nullable": True} if field.allow_null else {}
    return {**_kind_of(field), **nullable}


def _kind_of(field: Any) -> dict[str, Any]:  # noqa: PLR0911 - a table of types
    if isinstance(field, serializers.Serializer):
        return described_serializer(field)
    if isinstance(field, serializers.ListSerializer | serializers.ListField):
        return {"type": "array", "items": _described_field(field.child)}
    if isinstance(field, serializers.ChoiceField):
        blank = [""] if field.allow_blank else []
        return {"type": "string", "enum": [*blank, *(choice for choice in field.choices if choice != "")]}
    if isinstance(field, serializers.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, serializers.IntegerField):
        return {"type": "integer"}
    if isinstance(field, serializers.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, serializers.CharField):
        length = {"maxLength": field.max_length} if field.max_length else {}
        form = {"format": "uri"} if isinstance(field, UrlField) else {}
        form = {"format": "email"} if isinstance(field, serializers.EmailField) else form
        return {"type": "string", **length, **form}
    return {"type": "object"}
