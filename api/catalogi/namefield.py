"""The name of a type as clients give it: the name itself, or the URL of one of its versions."""

from __future__ import annotations

from typing import Any, Self
from uuid import UUID

from django.db.models import Model
from rest_framework import serializers

from api.pipeline.validate import references
from api.pipeline.words.caller import Caller

LONGEST = 200
"""Characters of a URL, and of a name that is kept in a relation."""


class Name(str):
    """The name of a type; with the catalogus of the version, where it came as a URL."""

    __slots__ = ("catalogus_id",)

    catalogus_id: UUID | None

    def __new__(cls, text: str, catalogus_id: UUID | None = None) -> Self:
        name = super().__new__(cls, text)
        name.catalogus_id = catalogus_id
        return name


def name_of(url: str, target: type[Model], attribute: str, caller: Caller) -> Name | None:
    """The name of the version at a URL of this municipality; ``None`` where there is no such version."""
    reference = references.find(url, caller)
    if reference is None or reference.resource.model is not target:
        return None
    version = target._default_manager.filter(pk=reference.uuid).values_list(attribute, "catalogus_id")
    found = version.first()
    return Name(*found) if found else None


def read_name(value: Any, target: type[Model], attribute: str, caller: Caller) -> Name | None:
    """The name; ``None`` for a URL that is no version here."""
    return name_of(value, target, attribute, caller) if references.is_url(value) else Name(value)


class NameField(serializers.CharField):
    """Takes a name or a URL; its value is a ``Name``."""

    default_error_messages = {"bad-url": "Deze URL bestaat niet of is niet bereikbaar."}

    def __init__(
        self, target: type[Model], attribute: str, *, longest_name: int = LONGEST, **options: Any
    ) -> None:
        self.target = target
        self.attribute = attribute
        self.longest_name = longest_name
        super().__init__(max_length=LONGEST, **options)

    def to_internal_value(self, data: Any) -> Name:
        value = super().to_internal_value(data)
        if not references.is_url(value):
            return self._plain(value)
        name = name_of(value, self.target, self.attribute, self.context["caller"])
        if name is None:
            self.fail("bad-url")
        return name

    def _plain(self, value: str) -> Name:
        if len(value) > self.longest_name:
            reason = f"Hoogstens {self.longest_name} tekens."
            raise serializers.ValidationError(reason, code="max_length")
        return Name(value)
