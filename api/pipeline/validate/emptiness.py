"""What clients of Open Zaak send where they mean "not set": an empty text, or a whole object of nothing.

Their forms have a text in every place. Where the municipality answers as Open Zaak, an empty one is read
as the absence of what it cannot be; by the letter of the standard it is refused. An object in which nothing
is, where there may be none, is none in either case.
"""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class NoText:
    """A field of our own whose value is no text, whatever it is on the wire."""


NO_TEXT = (
    NoText,
    serializers.BooleanField,
    serializers.IntegerField,
    serializers.DateField,
    serializers.DateTimeField,
    serializers.ChoiceField,
)


def follows_open_zaak(field: Any) -> bool:
    """Whether the municipality of the caller answers as Open Zaak; not where there is no caller."""
    caller = field.context.get("caller")
    return caller is not None and bool(caller.municipality.open_zaak_compatibility)


def without_empty_texts(serializer: serializers.Serializer[Any], given: Any) -> Any:
    """The object, where an empty text that means "not set" is null, or left out where null may not stand."""
    if not isinstance(given, dict) or "" not in given.values() or not follows_open_zaak(serializer):
        return given
    fields = serializer.fields
    return {
        name: None if _is_null(fields.get(name), value) else value
        for name, value in given.items()
        if not _is_left_out(fields.get(name), value)
    }


def is_empty(serializer: serializers.Serializer[Any], given: Any) -> bool:
    """Whether every member is there, as an answer has them, and nothing in any of them."""
    if not isinstance(given, dict) or not given.keys() >= serializer.fields.keys():
        return False
    return all(_is_nothing(field, given[name]) for name, field in serializer.fields.items())


def _is_nothing(field: Any, value: Any) -> bool:
    text = not isinstance(field, NO_TEXT)
    return value is None or (value == "" and (text or follows_open_zaak(field)))


def _is_null(field: Any, value: Any) -> bool:
    scalar = isinstance(field, (*NO_TEXT, serializers.CharField))
    return value == "" and scalar and bool(field.allow_null)


def _is_left_out(field: Any, value: Any) -> bool:
    no_text = isinstance(field, NO_TEXT)
    if value != "" or not no_text or field.required or field.allow_null:
        return False
    return not getattr(field, "allow_blank", False)
