"""Values that clients give: the fields that check them.

The error codes are those of rules x-gen-15 and x-gen-16.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db import models
from rest_framework import serializers

from api.pipeline.validate import geojson, references
from api.pipeline.validate.emptiness import NoText, follows_open_zaak
from api.pipeline.validate.fields.duration import is_duration
from api.pipeline.validate.objects import AnyField, ObjectSerializer

ELSEWHERE = "elsewhere"
"""The code, never answered, of a URL of another house; the URL stands in the place of the reason."""


class IsoDurationField(NoText, serializers.CharField):
    """An ISO 8601 duration such as ``P30D`` or ``P1Y2M`` (x-gen-07)."""

    default_error_messages = {"invalid": "Dit is geen duur volgens ISO 8601, zoals P30D."}

    def to_internal_value(self, data: Any) -> str:
        value: str = super().to_internal_value(data)
        if not is_duration(value):
            self.fail("invalid")
        return value


DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
WITH_A_TIME = re.compile(r"[Tt ]\d", re.ASCII)


def in_full(moment: Any) -> Any:
    """A bare day, as clients of Open Zaak write it, as the moment at which it begins in Amsterdam."""
    return f"{moment}T00:00:00" if isinstance(moment, str) and DAY.fullmatch(moment) else moment


class MomentField(serializers.DateTimeField):
    """A moment that exists in UTC as well: midnight of the very first day in Amsterdam does not."""

    def to_internal_value(self, value: Any) -> Any:
        if follows_open_zaak(self):
            value = in_full(value)
        if isinstance(value, str) and not WITH_A_TIME.search(value):
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ss[+HH:MM|-HH:MM|Z]")
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
        word = super().to_internal_value(data)
        return None if word == "" else self.numbers[word]


class UrlField(serializers.CharField):
    """A URL; one on a host of this municipality is kept relative."""

    default_error_messages = {"bad-url": "Dit is geen geldige URL."}

    def to_internal_value(self, data: Any) -> str:
        value: str = super().to_internal_value(data)
        if not references.is_url(value):
            self.fail("bad-url")
        return references.stored(value, self.context["caller"])


MISDIRECTED = {
    "bad-url": "Deze URL bestaat niet of is niet bereikbaar.",
    "invalid-resource": "Deze URL wijst naar een ander soort object dan hier hoort.",
}


class LinkField(NoText, AnyField):
    """The URL of an object of this municipality; its value is the object itself.

    What the caller may not read is answered as what is not there, with two exceptions: the object that the
    write belongs to (``main``), on which the caller is judged (zrc-006), and what the object that is changed
    (``present``) refers to already, so that what was read can be put back.

    Who writes many objects in one transaction can hand over those it has at hand, as ``known`` by key.
    """

    default_error_messages = {**MISDIRECTED}

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
        is_main = isinstance(self.source, str) and self.source == self.context.get("main")
        found = reference.rows().first() if is_main else reference.row_for(caller)
        if found is None:
            found = self._standing(reference)
        if found is None:
            self.fail_as_missing()
        return found

    def _standing(self, reference: references.Reference) -> Any:
        """What stands there already, if that is it."""
        present = self.context["present"]() if "present" in self.context else None
        standing = getattr(present, str(self.source), None)
        return standing if isinstance(standing, self.target) and standing.pk == reference.uuid else None

    def refuse_elsewhere(self, url: str) -> Any:
        """Another's URL is refused in any case; what is wrong with it is asked once the caller may.

        See ``api.pipeline.http.elsewhere``.
        """
        if not references.is_local(url, self.context["caller"]):
            raise serializers.ValidationError(url, code=ELSEWHERE)
        return self.fail_as_missing()

    def fail_as_missing(self) -> Any:
        raise serializers.ValidationError(self.error_messages["bad-url"], code=self.missing_code)

    def to_representation(self, value: Any) -> Any:
        return value


class GroupSerializer(ObjectSerializer):
    """Members of a group: null or absent is "not set", present is validated whole (zrc-012).

    Its value is spread over the columns of the object that it belongs to.
    """

    def __init__(self, unset: Mapping[str, Any] | None = None, **options: Any) -> None:
        self.unset = unset or {}
        super().__init__(**options)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        validated = super().run_validation(data)
        return dict(self.unset) if validated is None else validated


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


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value that may be null, which a closed list has to name as well."""
    listed = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, **listed, "nullable": True}


def _described_field(field: Any) -> dict[str, Any]:
    return or_null(_kind_of(field)) if field.allow_null else _kind_of(field)


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
