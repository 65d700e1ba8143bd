"""Columns on the wire: how each type is rendered, validated and described.

The error codes are those of rules x-gen-15 and x-gen-16.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import EmailValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, JSONField
from rest_framework import serializers

from api.pipeline.sql.compiled import OPEN_ZAAK
from api.pipeline.sql.rows import Sql
from api.pipeline.validate.fields.duration import DurationField
from api.pipeline.validate.fields.geometry import GeometryField
from api.pipeline.validate.objects import AnyField
from api.pipeline.validate.references import PREFIX
from api.pipeline.validate.values import GeometryValue, IsoDurationField, MomentField, UrlField, or_null

LONGEST_TEXT = 1_000_000
"""Characters of a text that the standard does not limit."""

# 2018-04-20T13:37:00Z; a fraction has six digits, as Python writes it, or is absent.
UTC_MOMENT = "replace(to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), '.000000', '')"

# Before 1940 Amsterdam was minutes and seconds ahead; an offset has whole minutes, and the moment stays true.
LOCAL_MOMENT = """(
    SELECT replace(to_char(m.utc + m.ahead, 'YYYY-MM-DD"T"HH24:MI:SS.US'), '.000000', '')
        || to_char(m.ahead, '+HH24:MI')
    FROM (SELECT
        {0} AT TIME ZONE 'UTC' AS utc,
        date_trunc('minute', ({0} AT TIME ZONE 'Europe/Amsterdam') - ({0} AT TIME ZONE 'UTC')) AS ahead
    ) AS m
)"""


def rendered(column: Any) -> Any:
    """The expression that gives the column its form on the wire."""
    if isinstance(column, models.DateTimeField):
        return Sql(UTC_MOMENT, F(column.name))
    if isinstance(column, DurationField):
        return Sql("({})::text", F(column.name))
    if isinstance(column, models.URLField):
        return rendered_url(F(column.name))
    if isinstance(column, ArrayField) and isinstance(column.base_field, models.URLField):
        return _rendered_urls(F(column.name))
    if column.null and isinstance(column, models.CharField | models.TextField) and not column.choices:
        # Open Zaak knows no text that is absent
        text = F(column.name)
        return Sql("CASE WHEN {} THEN COALESCE({}, '') ELSE {} END", OPEN_ZAAK, text, text)
    return F(column.name)


def rendered_locally(column: models.DateTimeField[Any, Any]) -> Sql:
    """The moment as a clock in Amsterdam shows it, with its offset: 2018-04-20T15:37:00+02:00."""
    return Sql(LOCAL_MOMENT, F(column.name))


def rendered_url(url: Any) -> Sql:
    """A stored URL as rendered JSON (see ``references``)."""
    slash = len(f'"{PREFIX}') + 1
    return Sql(
        f"CASE WHEN starts_with({{}}, '{PREFIX}/')"
        f" THEN ('\"\\' || substr(to_json({{}})::text, {slash}))::json ELSE to_json({{}}) END",
        url,
        url,
        url,
        output_field=JSONField(),
    )


def _rendered_urls(urls: Any) -> Sql:
    # most rows have none; within a string a quote has a backslash before it
    return Sql(
        "CASE WHEN {} = '{{}}' THEN '[]'::json"
        f" ELSE regexp_replace(to_json({{}})::text, '(?<!\\\\)\"{PREFIX}/', '\"\\\\/', 'g')::json END",
        urls,
        urls,
        output_field=JSONField(),
    )


def writable(column: Any, source: str, *, required: bool | None = None) -> AnyField:
    """The field that validates a value for the column."""
    if required is None:
        required = not (column.null or column.blank or column.has_default())
    return _field(column, {"required": required, "allow_null": column.null, "source": source})


def described(column: Any) -> dict[str, Any]:
    """The column in the OpenAPI document."""
    schema = _described(column)
    return or_null(schema) if column.null else schema


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
