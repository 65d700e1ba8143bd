"""The members of an object of the zip by the names of the standard.

Open Zaak writes its zips in snake case: ``begin_geldigheid``. Names are compared without case and
underscores, in nested objects too; what is nobody's name is remembered, to be told once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from api.catalogi.exchange.layout import File
from api.pipeline.words.names import spelled_as

MOST_TOLD = 50
"""Strange names of one file."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The names that an object has, and the shapes of what stands under some of them."""

    names: frozenset[str]
    below: Mapping[str, Shape]


@cache
def shape_of(file: File) -> Shape:
    """Of the objects of a file, as they are described."""
    members = file.resource.representation.members.items()
    return _shape({name: member.schema(file.model) for name, member in members})


def spelled(value: Any, shape: Shape, strange: set[str], within: str = "") -> Any:
    """The object, or list of objects, in the names of its shape; adds to ``strange`` what has none."""
    if isinstance(value, list):
        # no list of lists: as deep as the shape is, and no deeper
        return [spelled(each, shape, strange, within) if isinstance(each, dict) else each for each in value]
    if not isinstance(value, dict):
        return value
    told = value if value.keys() <= shape.names else spelled_as(shape.names, value)
    nobodys = [f"{within}{name}" for name in told if name not in shape.names]
    strange.update(nobodys[: MOST_TOLD - len(strange)])
    return told | {
        name: spelled(told[name], below, strange, f"{within}{name}.")
        for name, below in shape.below.items()
        if name in told
    }


def _shape(properties: Mapping[str, Any]) -> Shape:
    inner = {name: each.get("items", each).get("properties") for name, each in properties.items()}
    return Shape(frozenset(properties), {name: _shape(each) for name, each in inner.items() if each})
