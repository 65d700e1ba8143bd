"""Objects that clients give: the serializer of all of them."""

from __future__ import annotations

from copy import copy, deepcopy
from typing import Any, ClassVar

from rest_framework import serializers

from api.pipeline.validate.emptiness import follows_open_zaak, is_empty, without_empty_texts
from api.pipeline.words.names import spelled_as

AnyField = serializers.Field[Any, Any, Any, Any]


class ObjectSerializer(serializers.Serializer[Any]):
    """A JSON object; each use has copies of the fields that its class declares.

    REST framework makes each of them anew from its arguments, which takes longer than to validate it. A copy
    is enough where a field has no other field that knows it as its parent.

    Clients of Open Zaak write names in snake case too: see ``spelled``.
    """

    names: ClassVar[frozenset[str]]
    """The members that are known, those that are only answered as well."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "names" not in vars(cls):
            cls.names = frozenset(cls._declared_fields)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if hasattr(self, "initial_data"):
            self.initial_data = self.spelled(self.initial_data)

    def get_fields(self) -> dict[str, AnyField]:
        return {name: _copied(field) for name, field in self._declared_fields.items()}

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        unset = self.allow_null and is_empty(self, data)
        return super().validate_empty_values(None if unset else data)

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(without_empty_texts(self, data))

    def run_validation(self, data: Any = serializers.empty) -> Any:
        return super().run_validation(self.spelled(data))

    def spelled(self, data: Any) -> Any:
        """The object by the names that are known, where the municipality is like Open Zaak."""
        if not isinstance(data, dict) or data.keys() <= self.names or not follows_open_zaak(self):
            return data
        return spelled_as(self.names, data)


def _copied(field: AnyField) -> AnyField:
    return deepcopy(field) if hasattr(field, "child") else copy(field)
