"""How ``_expand`` reads in the document: of each resource that leads to others, and of those in turn.

``ZaakEmbedded`` is what ``_expand`` of a zaak may hold, ``ZaakExpanded`` a zaak with it, as the standard
calls them. What another API serves stands in the document as well, so that it is whole by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from api.pipeline.declare.declaration import Declaration
from api.pipeline.describe.documentation.about_parameters import expandable
from api.pipeline.words import registry

EMPTY_OBJECT = "EmptyObject"
SCHEMAS: dict[str, Any] = {
    EMPTY_OBJECT: {
        "type": "object",
        "additionalProperties": False,
        "description": "Waar de relatie leeg is.",
    }
}
ABOUT = "De relaties waar `expand` om vroeg. Wat de applicatie niet mag zien, ontbreekt."


def schema_name(resource: type[Declaration]) -> str:
    """What the document calls the schema of a resource."""
    return str(resource.schema_name or resource.model.__name__)


def answered_name(resource: type[Declaration]) -> str:
    """The schema of what reading it answers: with ``_expand``, where that can be asked for."""
    name = schema_name(resource)
    return f"{name}Expanded" if resource.expands and _leads_on(resource) else name


def schemas_with_expand(resource: type[Declaration]) -> dict[str, Any]:
    """What ``_expand`` may hold, and the resource with it; nothing for one that leads nowhere."""
    if not _leads_on(resource):
        return {}
    name = schema_name(resource)
    relations = {step: _relation(resource, step) for step in expandable(resource)}
    embedded = {"type": "object", "description": ABOUT, "properties": relations}
    with_it = {"type": "object", "properties": {"_expand": _reference(f"{name}Embedded")}}
    return {f"{name}Embedded": embedded, f"{name}Expanded": {"allOf": [_reference(name), with_it]}}


def reached(resources: Iterable[type[Declaration]]) -> Iterator[type[Declaration]]:
    """Those to which expanding leads from these, step after step; not these themselves."""
    to_follow = list(resources)
    known = set(to_follow)
    while to_follow:
        resource = to_follow.pop()
        for target in (_target(resource, step) for step in expandable(resource)):
            if target not in known:
                known.add(target)
                to_follow.append(target)
                yield target


def _leads_on(resource: type[Declaration]) -> bool:
    return next(expandable(resource), None) is not None


def _relation(resource: type[Declaration], step: str) -> dict[str, Any]:
    member = resource.representation.members[step]
    target = _target(resource, step)
    name = schema_name(target)
    shown = _reference(f"{name}Expanded" if _leads_on(target) else name)
    marked = {"x-experimental": True} if member.experimental else {}
    if member.leads_to_many:
        return {"type": "array", "items": shown, **marked}
    return {"oneOf": [shown, _reference(EMPTY_OBJECT)], **marked}


def _target(resource: type[Declaration], step: str) -> type[Declaration]:
    model: Any = resource.representation.members[step].target(resource.model)
    target = registry.resource_for(model)
    assert issubclass(target, Declaration), target  # noqa: S101 - nothing else is ever registered
    return target


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
