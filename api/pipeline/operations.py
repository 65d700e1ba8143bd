"""What can be done with a resource, declared as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from api.clients.scopes import ScopeExpression
from api.pipeline.filters import Filters
from api.pipeline.rules import Effect, Guard, Rule

METHODS: Mapping[str, str] = {
    "list": "get",
    "show": "get",
    "create": "post",
    "retrieve": "get",
    "headers": "head",
    "update": "put",
    "partial_update": "patch",
    "destroy": "delete",
}
"""The operations that every resource may declare, and how they are called."""

ON_COLLECTION = frozenset(("list", "show", "create"))
"""``show`` gives the one document of a path under which no objects live."""

MEBIBYTE = 1024 * 1024
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of one resource.

    A write passes, in this order: ``references`` and ``unique`` (400), ``derive`` (fills in what
    the client left out), the scope on the type and the ``guards`` (403), the ``rules`` (400, all
    at once), ``prepare`` just before saving, and after it the ``effects``.
    """

    scope: ScopeExpression
    references: tuple[Rule, ...] = ()
    unique: tuple[Rule, ...] = ()
    derive: tuple[Effect, ...] = ()
    guards: tuple[Guard, ...] = ()
    rules: tuple[Rule, ...] = ()
    prepare: tuple[Effect, ...] = ()
    effects: tuple[Effect, ...] = ()
    filters: Filters = field(default_factory=dict)
    """Parameters of the query, or members of the body (a search)."""
    body_limit: int = MEBIBYTE
    """The largest body in bytes."""
    method: str = ""
    suffix: str = ""
    """For operations beyond the usual: the method, and the last step of the path."""
    on_object: bool = False
    creates: bool = False
    """Whether the answer is 201 with a new object, as that of ``create`` is."""
    operation_id: str = ""
    experimental: bool = False
    schema: Mapping[str, Any] | None = None
    """What the body is, where that is not the representation; an empty one for no body."""
    answer: Mapping[str, Any] | None = None
    """What is answered, where that is not the representation."""
    takes: str = JSON
    gives: str = JSON
    """The media types of body and answer."""
    summary: str = ""
    """The Dutch title in the documentation, where the name of the operation does not give it."""
    explanation: str = ""
    """What it does, in Dutch, where that is not what every operation of its name does."""

    @property
    def functions(self) -> tuple[Any, ...]:
        """Everything of rules that this operation calls, in order."""
        return (
            *self.references,
            *self.unique,
            *self.derive,
            *self.guards,
            *self.rules,
            *self.prepare,
            *self.effects,
        )


@dataclass(frozen=True, slots=True)
class Api:
    """One of the APIs of the standard."""

    name: str
    component: str
    version: str
    title: str
    explanation: str = ""
    """What one does with it, in one Dutch sentence."""
    standard: str = ""
    """Where the standard describes it."""

    @property
    def root(self) -> str:
        """``/zaken/api/v1``."""
        return f"/{self.name}/api/v1"
