"""A list of names, with what the client sends back of the names that it read.

A name shows no URL while no version of its type is valid. A client that sends the URLs that it read
does not mean to drop such a name; that it read it, it says by sending the names as well.
"""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.catalogi.namefield import Name


class Given(list[Name]):
    """The names that a client gives."""

    echoed: frozenset[str] = frozenset()
    """The names that it sends back in the member that shows them."""


class GivenField(serializers.ListField):
    """A list of names or URLs; ``shown_as`` is the member of the body with the names alone."""

    def __init__(self, shown_as: str | None, **options: Any) -> None:
        self.shown_as = shown_as
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> Given:
        given = Given(super().to_internal_value(data))
        body = getattr(self.parent, "initial_data", {})
        shown = body.get(self.shown_as)
        if isinstance(shown, list):
            given.echoed = frozenset(name for name in shown if isinstance(name, str))
        return given
