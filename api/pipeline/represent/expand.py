"""Which relations a request wants in full.

``expand=status.statustype,rollen`` becomes a tree; each step is a member of the representation
that leads somewhere, and is expanded under the rights that a direct GET would need. A step that
does not exist is 404, as the text of the standard says; past the limits it is 400.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from api.pipeline.sql.tree import Tree
from api.pipeline.words import registry
from api.pipeline.words.marks import keeps
from api.pipeline.words.refusals import Invalid, NotFound
from api.pipeline.words.violations import Violation

if TYPE_CHECKING:
    from django.db.models import Model

MAX_DEPTH = 6
MAX_NODES = 40


@keeps("zrc-026 expand diepte")
@keeps("drc-012 expand diepte")
def parse(paths: Iterable[str], model: type[Model]) -> Tree:
    """The tree of a list of dotted paths from a model.

    A relation to many stands in a path once: there and back again, the objects would multiply.

    Raises ``NotFound`` for a step that leads nowhere, ``Invalid`` past depth or node limit.
    """
    nested: dict[str, dict] = {}  # type: ignore[type-arg]
    nodes = 0
    for path in paths:
        steps = path.split(".")
        if len(steps) > MAX_DEPTH:
            raise _too_much(f"Niet dieper dan {MAX_DEPTH} niveaus.")
        place, at = nested, model
        passed: set[tuple[type[Model], str]] = set()
        for step in steps:
            if _leads_to_many(at, step):
                if (at, step) in passed:
                    raise _too_much(f"'{step}' kan maar een keer in een pad staan.")
                passed.add((at, step))
            at = _follow(at, step)
            if step not in place:
                nodes += 1
                place[step] = {}
            place = place[step]
    if nodes > MAX_NODES:
        raise _too_much(f"Niet meer dan {MAX_NODES} relaties tegelijk.")
    return _freeze(nested)


def _leads_to_many(model: type[Model], step: str) -> bool:
    member = registry.resource_for(model).representation.members.get(step)
    return member is not None and member.leads_to_many


@keeps("zrc-025 expand bereik")
@keeps("zrc-027 expand pad")
@keeps("zrc-028 expand onbereikbaar")
@keeps("drc-011 expand bereik")
@keeps("drc-013 expand pad")
@keeps("drc-014 expand onbereikbaar")
def _follow(model: type[Model], step: str) -> type[Model]:
    """The model that a step leads to; one that leads nowhere refuses the whole request."""
    member = registry.resource_for(model).representation.members.get(step)
    target = member.target(model) if member is not None else None
    if target is None or not registry.is_served(target):
        raise NotFound(f"expand: '{step[:100]}' is hier geen relatie die kan worden uitgeklapt.")
    return target


def _freeze(nested: dict) -> Tree:  # type: ignore[type-arg]
    return tuple((step, _freeze(below)) for step, below in sorted(nested.items()))


def _too_much(reason: str) -> Invalid:
    return Invalid([Violation("expand", "max_length", reason)])
