"""The write serializer of a resource, derived from its representation."""

from __future__ import annotations

from functools import cache
from typing import Any

from api.pipeline.represent.groups import Group
from api.pipeline.validate.objects import ObjectSerializer
from api.pipeline.validate.values import unredundant
from api.pipeline.words.served import Served


@cache
def write_serializer(resource: type[Served]) -> type[ObjectSerializer]:
    """A serializer class with a field for each member that clients can write."""
    fields = {
        name: unredundant(name, field)
        for name, member in resource.representation.members.items()
        if (field := member.field(resource.model)) is not None
    }
    names = frozenset(resource.representation.members)
    return type(f"{resource.model.__name__}Write", (ObjectSerializer,), {**fields, "names": names})


def attributes(resource: type[Served], validated: dict[str, Any]) -> dict[str, Any]:
    """Validated input by attribute; the members of a group spread over their columns."""
    data: dict[str, Any] = {}
    for name, value in validated.items():
        member = resource.representation.members.get(name)
        if isinstance(member, Group):
            data.update(value)
        else:
            data[name] = value
    return data
