"""Objects that clients give: the serializer of all of them."""

from __future__ import annotations

from copy import copy, deepcopy
from typing import Any

from rest_framework import serializers

from api.pipeline.validate.emptiness import is_empty, without_empty_texts

AnyField = serializers.Field[Any, Any, Any, Any]


class ObjectSerializer(serializers.Serializer[Any]):
    """A JSON object; each use has copies of the fields that its class declares.

    REST framework makes each of them anew from its arguments, which takes longer than to validate it. A copy
    is enough where a field has no other field that knows it as its parent.
    """

    def get_fields(self) -> dict[str, AnyField]:
        return {name: _copied(field) for name, field in self._declared_fields.items()}

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        unset = self.allow_null and is_empty(self, data)
        return super().validate_empty_values(None if unset else data)

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(without_empty_texts(self, data))


def _copied(field: AnyField) -> AnyField:
    return deepcopy(field) if hasattr(field, "child") else copy(field)
