"""Where a body names other objects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Model
from rest_framework import serializers

from api.pipeline.validate.references import PREFIX, find_stored
from api.pipeline.words import registry

Place = tuple[Any, ...]
"""The steps to a member: names, and numbers in lists."""


def linked_places(body: Any, place: Place = ()) -> Iterator[tuple[Place, type[Model]]]:
    """The places of URLs of objects of this house, with the model of each."""
    if isinstance(body, dict | list):
        steps = body.items() if isinstance(body, dict) else enumerate(body)
        for step, value in steps:
            yield from linked_places(value, (*place, step))
    elif isinstance(body, str) and body.startswith("http"):
        reference = find_stored(PREFIX + urlsplit(body).path)
        if reference is not None:
            yield place, reference.resource.model


def writable_relations(resource: Any) -> Iterator[tuple[Place, type[Model]]]:
    """The members that name one object or a list of them, whether the body at hand does or not."""
    for name, member in resource.representation.members.items():
        target, field = member.target(resource.model), member.field(resource.model)
        if target is None or field is None or not registry.is_served(target):
            continue
        if isinstance(field, serializers.ListSerializer):
            continue  # what its objects look like is only known from one
        yield ((name, 0) if isinstance(field, serializers.ListField) else (name,)), target


def replaced(body: Any, place: Place, value: Any) -> Any:
    """The body with another value at the place; what is missing on the way there is made."""
    copy = json.loads(json.dumps(body))
    at = copy
    for step, following in pairwise(place):
        if isinstance(step, str) and not at.get(step):
            at[step] = [None] if isinstance(following, int) else {}
        at = at[step]
    at[place[-1]] = value
    return copy
