"""Schemas flattened to attributes, so that two ways of writing the same schema compare as equal.

An attribute is named as an error names it: ``verlenging.reden``, ``relevanteAndereZaken.0.url``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import and_, or_
from pathlib import Path
from typing import Any

from tests.conformance.document import Document, Json

Combine = Callable[[Any, Any], Any]  # or_ and and_, over booleans as well as over sets
Trail = frozenset[tuple[Path | None, str]]


@dataclass(frozen=True, slots=True)
class Attribute:
    """What a document says of one attribute. ``required`` is relative to the object that holds it."""

    required: bool = False
    read_only: bool = False
    write_only: bool = False
    experimental: bool = False
    enum: frozenset[str] | None = None
    max_length: int | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema while it is being flattened: what holds of the value itself, and of the attributes in it."""

    itself: Attribute = Attribute()
    members: Mapping[str, Attribute] = field(default_factory=dict)
    required: frozenset[str] = frozenset()

    def attributes(self) -> Mapping[str, Attribute]:
        return {
            name: replace(
                attribute,
                required=attribute.required or name in self.required,
                read_only=attribute.read_only or self.itself.read_only,
                write_only=attribute.write_only or self.itself.write_only,
                experimental=attribute.experimental or self.itself.experimental,
            )
            for name, attribute in self.members.items()
        }


def flatten(document: Document, node: Json, trail: Trail = frozenset()) -> Schema:
    """Flatten a schema. ``trail`` holds the references on the way: a schema that holds itself ends there."""
    if "$ref" in node:
        target, owner = document.follow(node["$ref"])
        step = (owner.file, node["$ref"].partition("#")[2])
        return Schema() if step in trail else flatten(owner, target, trail | {step})

    own = Schema(_itself(node), _members(document, node, trail), frozenset(node.get("required", ())))
    parts = [flatten(document, part, trail) for part in node.get("allOf", ())]
    variants = [flatten(document, part, trail) for part in _variants(document, node)]
    return reduce(_both, [*parts, *([reduce(_either, variants)] if variants else [])], own)


def _itself(node: Json) -> Attribute:
    values = frozenset(str(value) for value in node.get("enum", ()) if value is not None)
    return Attribute(
        read_only=bool(node.get("readOnly")),
        write_only=bool(node.get("writeOnly")),
        experimental=bool(node.get("x-experimental")),
        enum=values or None,
        max_length=node.get("maxLength"),
    )


def _members(document: Document, node: Json, trail: Trail) -> Mapping[str, Attribute]:
    children: dict[str, Json] = dict(node.get("properties", {}))
    if "items" in node:
        children["0"] = node["items"]
    members: dict[str, Attribute] = {}
    if "_expand" in children:
        members |= _relations(document, children.pop("_expand"))
    for name, child in children.items():
        schema = flatten(document, child, trail)
        members[name] = schema.itself
        members |= {f"{name}.{deeper}": attribute for deeper, attribute in schema.attributes().items()}
    return members


def _relations(document: Document, node: Json) -> Mapping[str, Attribute]:
    """What ``_expand`` may hold, one or many (``.0``); each is compared by itself."""
    held = {f"_expand.{name}": child for name, child in document.resolve(node)["properties"].items()}
    many = {f"{name}.0": Attribute() for name, child in held.items() if "items" in child}
    return {"_expand": Attribute(), **{name: _itself(child) for name, child in held.items()}, **many}


def _variants(document: Document, node: Json) -> list[Json]:
    """The alternatives of a schema, also where only a discriminator tells of them (rol, autorisatie)."""
    listed = node.get("oneOf") or node.get("anyOf")
    if listed:
        return list(listed)
    if "discriminator" not in node:
        return []
    discriminator: Json = node["discriminator"]
    mapping = discriminator.get("mapping") or _implicit(
        document, node["properties"][discriminator["propertyName"]]
    )
    return [{"$ref": reference} for reference in mapping.values()]


def _implicit(document: Document, node: Json) -> Mapping[str, str]:
    """Without a mapping a value of the discriminator is the name of a schema."""
    values = flatten(document, node).itself.enum or frozenset()
    known = values & document.content["components"]["schemas"].keys()
    return {name: f"#/components/schemas/{name}" for name in sorted(known)}


def _both(one: Schema, other: Schema) -> Schema:
    """allOf: what either requires is required."""
    return _joined(one, other, or_)


def _either(one: Schema, other: Schema) -> Schema:
    """oneOf: only what both require is required."""
    return _joined(one, other, and_)


def _joined(one: Schema, other: Schema, combine: Combine) -> Schema:
    """Attributes of both; what stands in both (``identificatie`` of two betrokkenen) takes the wider."""
    shared = {
        name: _merge(one.members[name], other.members[name], combine)
        for name in one.members.keys() & other.members.keys()
    }
    return Schema(
        _merge(one.itself, other.itself, combine),
        {**one.members, **other.members, **shared},
        combine(one.required, other.required),
    )


def _merge(one: Attribute, other: Attribute, combine: Combine) -> Attribute:
    return Attribute(
        required=combine(one.required, other.required),
        read_only=one.read_only or other.read_only,
        write_only=one.write_only or other.write_only,
        experimental=one.experimental or other.experimental,
        enum=_union(one.enum, other.enum),
        max_length=max(_given(one.max_length, other.max_length), default=None),
    )


def _union(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return one or other
    return one | other


def _given(*lengths: int | None) -> Iterable[int]:
    return [length for length in lengths if length is not None]
