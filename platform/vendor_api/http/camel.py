"""Members in camelCase, as the design rules have it, from fields that are named as all else is."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


class Camel(serializers.Serializer[Any]):
    """Each field reads what its own name says, unless it names a source."""

    def get_fields(self) -> dict[str, Any]:
        return {camel(name): _reading(field, name) for name, field in super().get_fields().items()}


def _reading(field: Any, name: str) -> Any:
    if field.source is None and camel(name) != name:
        field.source = name
    return field


def read_body(body: type[Camel], sent: Any) -> dict[str, Any]:
    """By the names of the fields. Raises a ValidationError."""
    given = body(data=sent)
    given.is_valid(raise_exception=True)
    found: dict[str, Any] = given.validated_data
    return found
