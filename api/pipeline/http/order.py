"""In which order violations are told: many clients read only the first, so that is the most specific one.

Members come in the order of the schema, whichever check found them; what is said of an object as a whole
comes after its members.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from api.pipeline.declare.declaration import Declaration
from api.pipeline.words.violations import OBJECT, Violation

Places = Mapping[str, tuple[int, Any]]
"""The members of an object by name: the place of each, and the ``Places`` below it."""

LAST = sys.maxsize
INDEX = re.compile(r"[0-9]{1,9}")
"""A place in a list. Some names come as a client wrote them, and more is a digit than has a number."""


def in_order(violations: Iterable[Violation], places: Places) -> list[Violation]:
    """Those of one place stay as they are; members without a place come after those that have one."""
    return sorted(violations, key=lambda each: tuple(_steps(each.name, places)))


@cache
def places_of(resource: type[Declaration], action: str) -> Places:
    """The places in what the operation is given: its body, or the parameters that narrow a list."""
    operation = resource.operations.get(action)
    if operation is None:
        return {}
    if operation.reads:
        return _places({name: each.schema for name, each in operation.query.items()})
    if operation.schema is not None and "allOf" not in operation.schema:
        return _places(operation.schema.get("properties", {}))
    members = resource.representation.members
    return _places({name: member.schema(resource.model) for name, member in members.items()})


def _places(properties: Mapping[str, Mapping[str, Any]]) -> Places:
    return {name: (place, _below(schema)) for place, (name, schema) in enumerate(properties.items())}


def _below(schema: Mapping[str, Any]) -> Places:
    return _places(schema.get("items", schema).get("properties", {}))


def _steps(name: str, places: Places) -> Iterator[int]:
    for step in name.split("."):
        if step == OBJECT:
            yield LAST
        elif INDEX.fullmatch(step):
            # of a list: each item has the same members
            yield int(step)
        elif step in places:
            place, places = places[step]
            yield place
        else:
            yield len(places)
            return
